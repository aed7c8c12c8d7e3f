package io.farshore.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir Path directory;

  @Test
  void theNewContentReplacesTheOldAndNothingElseIsLeft() throws Exception {
    Path file = directory.resolve("cursor");
    DurableFiles.replace(file, bytes("a longer old content"));
    DurableFiles.replace(file, bytes("new"));

    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryContaining(file::equals);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aDraftThatACrashLeftBehindIsNoObstacle() throws Exception {
    Path file = directory.resolve("cursor");
    Files.writeString(directory.resolve("cursor.tmp"), "half of a lost wri");

    DurableFiles.replace(file, bytes("new"));

    assertThat(file).hasContent("new");
  }

  @Test
  void theOldContentStaysWhenTheNewCannotBeWritten() throws Exception {
    Path file = directory.resolve("cursor");
    DurableFiles.replace(file, bytes("old"));
    // A directory where the draft should go stands for a disk that refuses.
    Files.createDirectory(directory.resolve("cursor.tmp"));

    assertThatIOException().isThrownBy(() -> DurableFiles.replace(file, bytes("new")));
    assertThat(file).hasContent("old");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
