package io.farshore.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testbed.client.Wait;
import io.farshore.testbed.layout.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherSystemTest {
  private static final Installation HERE = Installation.find();

  @TempDir Path scratch;

  @Test
  void withoutAJdkItSaysWhereItLookedAndHowToGetOne() throws Exception {
    Ended ended = launch(Map.of("FARSHORE_JDKS", scratch.toString()), "demo");

    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.output).contains("no JDK 25", "JAVA_HOME", "To get one");
  }

  @Test
  void anUnknownCommandIsAUsageError() throws Exception {
    Ended ended = launch(Map.of(), "fly");

    assertThat(ended.status).isEqualTo(2);
    assertThat(ended.output).contains("usage:", "'fly'");
  }

  @Test
  void aWorldDoesNotOutliveTheProcessThatStartedIt() throws Exception {
    Path world = scratch.resolve("home");
    Process owner = serve(world);
    try {
      Wait.until(
          "the world has started processes",
          Duration.ofMinutes(2),
          () -> processesOf(world).size() >= 5);
      owner.destroyForcibly();
      assertThat(owner.waitFor(1, TimeUnit.MINUTES)).isTrue();

      Wait.until(
          "every process of the world is gone",
          Duration.ofMinutes(1),
          () -> processesOf(world).isEmpty());
    } finally {
      owner.destroyForcibly();
    }
  }

  /** A JVM that starts a world and is then killed. */
  private Process serve(Path world) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dfarshore.home=" + HERE.root());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WorldOwner.class.getName());
    command.add(world.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("owner.log").toFile())
        .start();
  }

  private static List<String> processesOf(Path world) {
    String mark = world + "/";
    try (Stream<Path> proc = Files.list(Path.of("/proc"))) {
      return proc.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
          .map(LauncherSystemTest::commandLine)
          .filter(line -> line.contains(mark) && !line.contains(WorldOwner.class.getName()))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  private record Ended(int status, String output) {}

  private Ended launch(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(HERE.root().resolve("farshore").toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(scratch, "launcher", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", scratch.toString()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
