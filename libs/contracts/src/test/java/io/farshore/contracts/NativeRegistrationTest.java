package io.farshore.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A native executable reads and writes only the records it was told of. */
class NativeRegistrationTest {
  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/io.farshore/farshore-contracts/reflect-config.json");

  @Test
  void everyRecordIsRegistered() throws IOException {
    String expected =
        ContractTypes.records().stream()
            .map(
                record ->
                    "  {\"name\": \"%s\", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true, \"allDeclaredFields\": true}"
                        .formatted(record.getName()))
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(FILE, expected);
    }
    assertThat(Files.readString(FILE)).isEqualTo(expected);
  }
}
