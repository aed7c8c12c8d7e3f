package io.farshore.gateway.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTableStoreTest {
  private static final RoutingTable OLD = Tables.table(7, 2, "us-east");
  private static final RoutingTable NEW = Tables.table(8, 3, "eu-west");

  @TempDir Path directory = Path.of("set-by-junit");
  private Path file = directory;

  @BeforeEach
  void name() {
    file = directory.resolve("routing-table");
  }

  @Test
  void what_was_saved_last_is_loaded() {
    new FileTableStore(file).save(OLD);
    new FileTableStore(file).save(NEW);

    assertThat(new FileTableStore(file).load()).contains(NEW);
  }

  @Test
  void nothing_saved_is_nothing_loaded() {
    assertThat(new FileTableStore(file).load()).isEmpty();
  }

  @Test
  void a_crash_before_the_rename_leaves_the_old_table() throws IOException {
    FileTableStore store = new FileTableStore(file);
    store.save(NEW);
    byte[] whole = Files.readAllBytes(file);
    store.save(OLD);

    for (int length = 0; length <= whole.length; length += 17) {
      Files.write(directory.resolve("routing-table.tmp"), Arrays.copyOf(whole, length));
      assertThat(store.load()).contains(OLD);
    }
    store.save(NEW);
    assertThat(store.load()).contains(NEW);
  }

  @Test
  void every_truncation_is_noticed() throws IOException {
    FileTableStore store = new FileTableStore(file);
    store.save(OLD);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      refusesToLoad(store);
    }
  }

  @Test
  void every_flipped_bit_is_noticed() throws IOException {
    FileTableStore store = new FileTableStore(file);
    store.save(OLD);
    byte[] whole = Files.readAllBytes(file);

    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      Files.write(file, flipped);
      refusesToLoad(store);
    }
  }

  @Test
  void garbage_is_noticed() throws IOException {
    FileTableStore store = new FileTableStore(file);
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[random.nextInt(500)];
      random.nextBytes(garbage);
      Files.write(file, garbage);
      refusesToLoad(store);
    }
  }

  @Test
  void a_directory_that_is_gone_is_reported_and_not_swallowed() throws IOException {
    FileTableStore store = new FileTableStore(directory.resolve("gone").resolve("routing-table"));

    assertThatThrownBy(() -> store.save(OLD))
        .isInstanceOfSatisfying(
            FarshoreException.class, e -> assertThat(e.code()).isEqualTo(TableErrors.UNWRITABLE));
  }

  private static void refusesToLoad(FileTableStore store) {
    assertThatThrownBy(store::load)
        .isInstanceOfSatisfying(
            FarshoreException.class, e -> assertThat(e.code()).isEqualTo(TableErrors.DAMAGED));
  }
}
