package io.farshore.quarkus.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class ServiceTokenTest {
  @TempDir Path directory;

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static void unusable(Path file, String why) {
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> new ServiceToken(file).get())
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.context()).containsKey("property"))
        .satisfies(e -> assertThat(e.describe()).doesNotContain("abc.def"));
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    ServiceToken token = new ServiceToken(file("abc.def.1\n", "rw-------"));
    assertThat(token.get()).isEqualTo("abc.def.1");

    file("abc.def.long-2", "rw-r-----");

    assertThat(token.get()).isEqualTo("abc.def.long-2");
  }

  @Test
  void aFileEveryoneCanReadIsRefused() throws IOException {
    unusable(file("abc.def.1", "rw----r--"), "chmod 600");
  }

  @Test
  void whatIsNoTokenIsRefused() throws IOException {
    unusable(file("", "rw-------"), "does not hold one token");
    unusable(file("abc.def two", "rw-------"), "does not hold one token");
    unusable(file("x".repeat(20_000), "rw-------"), "too long");
    unusable(directory.resolve("absent"), "cannot be read");
  }
}
