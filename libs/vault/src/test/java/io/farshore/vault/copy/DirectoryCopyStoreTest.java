package io.farshore.vault.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCopyStoreTest extends CopyStoreContract {
  @TempDir Path directory;

  @Override
  protected CopyStore open() {
    return new DirectoryCopyStore(directory.resolve("copy"));
  }

  @Test
  void the_directory_is_for_its_owner_only() throws IOException {
    open().lock().close();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("copy"))))
        .isEqualTo("rwx------");
  }

  @Test
  void becoming_the_writer_clears_what_a_dead_one_left() throws IOException {
    Path incoming = Files.createDirectories(directory.resolve("copy/incoming"));
    Files.writeString(incoming.resolve("left"), "half of a pack");
    open().lock().close();
    assertThat(incoming).isEmptyDirectory();
  }

  @Test
  void a_directory_that_is_not_there_is_no_empty_copy() {
    assertThatThrownBy(() -> open().list("packs", Optional.empty()))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code()).isEqualTo(VaultErrors.COPY_UNAVAILABLE));
  }
}
