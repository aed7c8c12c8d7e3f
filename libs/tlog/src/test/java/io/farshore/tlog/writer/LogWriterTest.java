package io.farshore.tlog.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.disk.SimulatedDisk;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.merkle.ConsistencyProof;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.proof.TlogProof;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import io.farshore.tlog.verify.LogVerification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
  private final SimulatedDisk disk = new SimulatedDisk(1);

  @Test
  void aNewLogPublishesTheEmptyTree() {
    try (LogWriter writer = Logs.open(disk)) {
      assertThat(writer.published())
          .isEqualTo(new LogCheckpoint(Logs.SIGNER.name(), 0, Hash.EMPTY_ROOT));
    }
    assertThat(Logs.verified(Logs.files(disk), Optional.empty())).isEmpty();
  }

  @Test
  void theFilesOf70000EntriesAreTheSpecifications() {
    try (LogWriter writer = Logs.open(disk)) {
      Logs.appendUpTo(writer, 69_999);
      writer.publish();
      Logs.appendUpTo(writer, 70_000);
      writer.publish();
    }
    Path log = Path.of("/log");
    List<String> tiles =
        disk.files().stream()
            .map(file -> log.relativize(file).toString())
            .filter(file -> file.startsWith("tile/"))
            .toList();

    assertThat(tiles.stream().filter(file -> file.startsWith("tile/0/") && !file.contains(".p/")))
        .hasSize(273);
    assertThat(
            tiles.stream().filter(file -> file.startsWith("tile/1/") || file.startsWith("tile/2/")))
        .containsExactly("tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1");
    assertThat(tiles.stream().filter(file -> file.contains(".p/") && file.startsWith("tile/0")))
        .containsExactly("tile/0/273.p/111", "tile/0/273.p/112");
    assertThat(Logs.verified(Logs.files(disk), Optional.empty())).hasSize(70_000);
  }

  @Test
  void aPartialTileIsServedUntilTheFullOneIsPublished() {
    try (LogWriter writer = Logs.open(disk)) {
      Logs.appendUpTo(writer, 200);
      writer.publish();
      Logs.appendUpTo(writer, 300);
      assertThat(disk.exists(Path.of("/log/tile/0/000.p/200"))).isTrue();

      writer.publish();

      assertThat(disk.exists(Path.of("/log/tile/0/000"))).isTrue();
      assertThat(disk.exists(Path.of("/log/tile/0/000.p"))).isFalse();
      assertThat(disk.exists(Path.of("/log/tile/entries/000.p"))).isFalse();
      assertThat(disk.exists(Path.of("/log/tile/0/001.p/44"))).isTrue();
    }
  }

  @Test
  void proofsFromTheFilesHoldAgainstTheCheckpoints() {
    try (LogWriter writer = Logs.open(disk)) {
      List<LogCheckpoint> checkpoints = new ArrayList<>();
      for (long size : new long[] {1, 2, 255, 256, 257, 700, 1025}) {
        Logs.appendUpTo(writer, size);
        checkpoints.add(writer.publish());
      }
      LogCheckpoint last = checkpoints.getLast();
      LogReader reader = new LogReader(Logs.files(disk), last.size());
      Note note = Note.parse(Logs.files(disk).readCheckpoint().orElseThrow());
      for (long index : new long[] {0, 1, 255, 256, 511, 512, 700, 1023, 1024}) {
        byte[] entry = reader.entries(index, 1).getFirst();
        TlogProof proof = TlogProof.parse(TlogProof.of(reader.inclusion(index), note).encode());

        assertThat(proof.proves(entry, Logs.SIGNER.verifierKey())).isTrue();
        assertThat(
                proof.proves("other".getBytes(StandardCharsets.UTF_8), Logs.SIGNER.verifierKey()))
            .isFalse();
      }
      for (LogCheckpoint earlier : checkpoints) {
        ConsistencyProof proof = reader.consistency(earlier.size());
        assertThat(proof.proves(earlier.root(), last.root())).isTrue();
      }
    }
  }

  @Test
  void aSecondWriterIsRefusedUntilTheFirstIsClosed(@TempDir Path directory) {
    SecureRandom random = new SecureRandom();
    try (LogWriter first = LogOpening.open(directory, Logs.SIGNER, random)) {
      Logs.appendUpTo(first, 1);
      assertRefused("log-locked", () -> LogOpening.open(directory, Logs.SIGNER, random).close());
    }

    try (LogWriter second = LogOpening.open(directory, Logs.SIGNER, random)) {
      assertThat(second.recovery()).isEqualTo(new Recovery(0, 1, 0, true));
    }
  }

  @Test
  void aLogUnderAnotherNameOrKeyIsNotContinued() {
    Logs.open(disk).close();
    NoteSigner otherKey =
        new NoteSigner(Logs.SIGNER.name(), Ed25519SigningKey.generate(new SecureRandom()));
    NoteSigner otherName = new NoteSigner("eu-west.audit.example", Logs.SIGNER.key());

    for (NoteSigner other : List.of(otherKey, otherName)) {
      assertRefused(
          "log-key-mismatch",
          () -> LogOpening.open(Logs.files(disk), other, () -> new byte[16]).close());
    }
    Logs.open(disk).close();
  }

  @Test
  void anEntryThatIsTooLongIsRefusedAndNothingIsAppended() {
    try (LogWriter writer = Logs.open(disk)) {
      assertRefused(
          "log-entry-too-large", () -> writer.append(List.of(new byte[1], new byte[65_536])));
      assertThat(writer.size()).isZero();

      writer.append(List.of(new byte[65_535], new byte[0]));
      writer.publish();
    }
    assertThat(Logs.verified(Logs.files(disk), Optional.empty())).hasSize(2);
  }

  @Test
  void tooMuchUnpublishedIsRefusedUntilItIsPublished() {
    List<byte[]> batch = Collections.nCopies(256, new byte[65_535]);
    try (LogWriter writer = Logs.open(disk)) {
      writer.append(batch);
      writer.append(batch);
      writer.append(batch);
      writer.append(batch);
      assertRefused("log-busy", () -> writer.append(batch));

      writer.publish();
      writer.append(batch);
      assertThat(writer.size()).isEqualTo(5 * 256);
    }
  }

  @Test
  void aWriterThatFailedOrWasClosedRefusesEverything() {
    LogWriter writer = Logs.open(disk);
    disk.failAfter(0, SimulatedDisk.Fault.ERROR);
    assertRefused("log-storage-failed", () -> writer.append(Logs.batch(0, 1)));

    assertRefused("log-closed", () -> writer.append(Logs.batch(0, 1)));
    assertRefused("log-closed", writer::publish);
    writer.close();
    Logs.open(disk).close();
  }

  @Test
  void aLogPutBackFromItsPublishedFilesAloneGoesOnAndSaysSo() {
    try (LogWriter writer = Logs.open(disk)) {
      Logs.appendUpTo(writer, 10);
      writer.publish();
    }
    disk.list(Path.of("/log/journal")).forEach(this::remove);

    try (LogWriter writer = Logs.open(disk)) {
      assertThat(writer.recovery()).isEqualTo(new Recovery(10, 0, 0, false));
    }
  }

  @Test
  void theJournalDoesNotGrowForEver(@TempDir Path directory) throws IOException {
    List<byte[]> batch = Collections.nCopies(256, new byte[10_000]);
    try (LogWriter writer = LogOpening.open(directory, Logs.SIGNER, new SecureRandom())) {
      for (int i = 0; i < 12; i++) {
        writer.append(batch);
        writer.publish();
      }
    }
    try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(8L << 20);
    }
    assertThat(LogVerification.verify(directory, Logs.SIGNER.verifierKey()).intact()).isTrue();
    assertThat(LogFiles.of(directory).readCheckpoint()).isPresent();
  }

  private void remove(Path file) {
    try {
      disk.delete(file);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void assertRefused(String code, Runnable action) {
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(action::run)
        .satisfies(refused -> assertThat(refused.code().value()).isEqualTo(code));
  }
}
