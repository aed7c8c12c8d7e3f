package io.farshore.postgres.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalSegmentWriterTest {
  private static final int SIZE = 1 << 20;
  private static final Timeline TIMELINE = new Timeline(3);

  @TempDir Path directory;
  private final List<Path> completed = new ArrayList<>();

  @Test
  void pieces_of_any_length_become_segments_of_the_same_bytes() throws IOException {
    byte[] log = new byte[3 * SIZE + 12_345];
    new Random(7).nextBytes(log);
    try (WalSegmentWriter writer = writer()) {
      int at = 0;
      for (int length = 1; at < log.length; length = Math.min(length * 3, log.length - at)) {
        writer.write(new Lsn(at), ByteBuffer.wrap(log, at, length));
        at += length;
      }
      assertThat(writer.sync()).isEqualTo(new Lsn(log.length));
    }
    assertThat(completed).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(Files.readAllBytes(directory.resolve("00000003000000000000000" + i)))
          .isEqualTo(Arrays.copyOfRange(log, i * SIZE, (i + 1) * SIZE));
    }
    byte[] last = Files.readAllBytes(directory.resolve("000000030000000000000003.partial"));
    assertThat(last).hasSize(SIZE).startsWith(Arrays.copyOfRange(log, 3 * SIZE, log.length));
    assertThat(Arrays.copyOfRange(last, 12_345, SIZE)).containsOnly(0);
  }

  @Test
  void a_new_writer_goes_on_in_the_partial_segment() throws IOException {
    try (WalSegmentWriter writer = writer()) {
      writer.write(new Lsn(0), ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
    try (WalSegmentWriter writer = writer()) {
      writer.write(new Lsn(3), ByteBuffer.wrap(new byte[] {4}));
    }
    assertThat(Files.readAllBytes(directory.resolve("000000030000000000000000.partial")))
        .startsWith(1, 2, 3, 4, 0);
  }

  @Test
  void a_gap_is_refused() throws IOException {
    try (WalSegmentWriter writer = writer()) {
      writer.write(new Lsn(0), ByteBuffer.wrap(new byte[SIZE]));
      assertThatThrownBy(() -> writer.write(new Lsn(SIZE + 1), ByteBuffer.wrap(new byte[1])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private WalSegmentWriter writer() {
    return new WalSegmentWriter(directory, TIMELINE, SIZE, completed::add);
  }
}
