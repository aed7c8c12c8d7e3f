package io.farshore.testbed.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program for a JVM that must be small and start soon.
 *
 * @param name names its AOT cache
 * @param mainClass where it begins
 * @param classPath jars, in their order
 * @param heapMegabytes the most it may use
 * @param options further options for the JVM
 * @param arguments for the program
 */
public record JavaProgram(
    String name,
    String mainClass,
    List<Path> classPath,
    int heapMegabytes,
    List<String> options,
    List<String> arguments) {
  private static final List<String> SMALL_AND_QUICK =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xss512k",
          "-XX:+ExitOnOutOfMemoryError",
          // Would leave a file in /tmp after a kill.
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED");

  /**
   * The command that runs it with this JVM's own Java.
   *
   * @param directory the process's own; its temporary files stay inside
   */
  public List<String> command(Path directory, AotCaches caches) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_AND_QUICK);
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
    command.addAll(caches.options(name, classPath));
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
