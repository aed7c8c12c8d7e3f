package io.farshore.testbed.layout;

import io.farshore.testbed.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The file in which a Quarkus service looks for its configuration. */
public final class PropertiesFile {
  private PropertiesFile() {}

  /** Writes {@code config/application.properties} below a service's working directory. */
  public static Path write(Path directory, Map<String, String> properties) throws IOException {
    Path file =
        Files.createDirectories(directory.resolve("config")).resolve("application.properties");
    String text =
        properties.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + escape(entry.getValue()))
            .collect(Collectors.joining("\n", "", "\n"));
    return PrivateFiles.write(file, text);
  }

  /** A backslash continues lines, and {@code ${…}} is an expression. */
  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("$", "\\\\$");
  }
}
