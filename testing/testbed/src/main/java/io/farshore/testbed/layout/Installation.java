package io.farshore.testbed.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built suite on this machine.
 *
 * @param root the repository
 */
public record Installation(Path root) {
  /**
   * The repository this process was started in: {@code -Dfarshore.home}, or the nearest directory
   * upwards that holds the launcher.
   */
  public static Installation find() {
    String told = System.getProperty("farshore.home");
    if (told != null) {
      return new Installation(Path.of(told).toAbsolutePath());
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path candidate = here; candidate != null; candidate = candidate.getParent()) {
      if (Files.exists(candidate.resolve("mvnw")) && Files.isDirectory(candidate.resolve("libs"))) {
        return new Installation(candidate);
      }
    }
    throw new IllegalStateException("not inside the Farshore repository: " + here);
  }

  /** Everything that runs and is built writes here; ignored by git. */
  public Path workDirectory() {
    return root.resolve(".farshore");
  }

  /**
   * Class path of a Quarkus service, in the order its own launcher would look. A plain class path
   * is what an AOT cache can cover; the service's own class loader is not.
   */
  public List<Path> serviceClassPath(String module) {
    Path application = root.resolve(module).resolve("target/quarkus-app");
    List<Path> path = new ArrayList<>();
    path.addAll(jars(application.resolve("quarkus")).reversed());
    path.addAll(jars(application.resolve("app")));
    path.addAll(jars(application.resolve("lib/boot")));
    path.addAll(jars(application.resolve("lib/main")));
    return path;
  }

  /** Class path of the testbed's own programs. */
  public List<Path> testbedClassPath() {
    Path target = root.resolve("testing/testbed/target");
    List<Path> path = new ArrayList<>();
    jars(target).stream()
        .filter(jar -> jar.getFileName().toString().startsWith("farshore-testbed-"))
        .forEach(path::add);
    path.addAll(jars(target.resolve("lib")));
    return path;
  }

  /** Sorted, so that a class path is the same every time. */
  private static List<Path> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("not built: " + directory + "; run ./farshore build", e);
    }
  }
}
