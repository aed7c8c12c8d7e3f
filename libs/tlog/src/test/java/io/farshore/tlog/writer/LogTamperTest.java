package io.farshore.tlog.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.disk.SimulatedDisk;
import io.farshore.tlog.verify.Finding;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with write access to the directory changes something. */
class LogTamperTest {
  private static final long SIZE = 600;

  private final SimulatedDisk disk = new SimulatedDisk(1);
  private byte[] earlier = new byte[0];

  private void write() {
    try (LogWriter writer = Logs.open(disk)) {
      Logs.appendUpTo(writer, 300);
      writer.publish();
      earlier = Logs.files(disk).readCheckpoint().orElseThrow();
      Logs.appendUpTo(writer, SIZE);
      writer.publish();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2"
      })
  void everyFlippedByteIsFoundAndTheWriterRefusesToStart(String name) throws IOException {
    write();
    Path file = Path.of("/log").resolve(name);
    byte[] content = disk.read(file);
    for (int at = 0; at < content.length; at += 1 + content.length / 97) {
      byte[] changed = content.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      disk.overwrite(file, changed);

      VerificationReport report = verify();
      assertThat(report.intact()).isFalse();
      assertThat(report.findings()).anyMatch(finding -> mentions(finding, name));
      assertStartRefused();
    }
    disk.overwrite(file, content);
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void everyFlippedByteOfTheCheckpointIsFound() throws IOException {
    write();
    Path file = Path.of("/log/checkpoint");
    byte[] content = disk.read(file);
    for (int at = 0; at < content.length; at++) {
      byte[] changed = content.clone();
      changed[at] ^= 1;
      disk.overwrite(file, changed);

      assertThat(verify().findings()).extracting(Finding::file).contains("checkpoint");
      assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(() -> Logs.open(disk).close())
          .satisfies(
              refused ->
                  assertThat(refused.code().value()).isIn("log-damaged", "log-key-mismatch"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/entries/000",
        "tile/entries/002.p/88",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "checkpoint"
      })
  void aMissingOrShortenedFileIsFound(String name) throws IOException {
    write();
    Path file = Path.of("/log").resolve(name);
    byte[] content = disk.read(file);
    for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
      disk.overwrite(file, Arrays.copyOf(content, length));
      assertThat(verify().findings()).extracting(Finding::file).contains(name);
      assertStartRefused();
    }
    disk.delete(file);
    assertThat(verify().findings()).extracting(Finding::file).contains(name);
    assertStartRefused();
  }

  @Test
  void aChangedEntryIsNamedByFileAndIndex() throws IOException {
    write();
    Path file = Path.of("/log/tile/entries/001");
    byte[] content = disk.read(file);
    int entryBytes = content.length / 256;
    content[44 * entryBytes + 5] ^= 1; // inside entry 256 + 44
    disk.overwrite(file, content);

    assertThat(verify().findings())
        .contains(
            new Finding(
                "tile/entries/001", 300L, "the entry does not have the leaf hash in tile/0/001"));
  }

  @Test
  void aLogRolledBackToAnEarlierStateIsCaughtByTheLaterCheckpoint() throws IOException {
    write();
    byte[] later = disk.read(Path.of("/log/checkpoint"));
    disk.overwrite(Path.of("/log/checkpoint"), earlier);

    VerificationReport report =
        LogVerification.verify(Logs.files(disk), Logs.SIGNER.verifierKey(), Optional.of(later));
    assertThat(report.findings())
        .extracting(Finding::problem)
        .contains("the log is shorter than it was");
  }

  @Test
  void aRewrittenHistoryIsCaughtByTheEarlierCheckpoint() {
    write();
    SimulatedDisk rewritten = new SimulatedDisk(2);
    try (LogWriter writer = Logs.open(rewritten)) {
      writer.append(Logs.batch(7, (int) SIZE));
      writer.publish();
    }

    assertThat(
            LogVerification.verify(
                    Logs.files(disk), Logs.SIGNER.verifierKey(), Optional.of(earlier))
                .intact())
        .isTrue();
    assertThat(
            LogVerification.verify(
                    Logs.files(rewritten), Logs.SIGNER.verifierKey(), Optional.of(earlier))
                .findings())
        .extracting(Finding::problem)
        .containsExactly("the log does not begin with what was signed then");
  }

  @Test
  void aJournalThatLostAcknowledgedEntriesStopsTheStart() throws IOException {
    try (LogWriter writer = Logs.open(disk)) {
      Logs.appendUpTo(writer, 5);
      writer.publish();
      for (int i = 0; i < 5; i++) {
        writer.append(Logs.batch(writer.size(), 3));
      }
    }
    Path file = disk.list(Path.of("/log/journal")).getFirst();
    byte[] content = disk.read(file);
    int lastBatch = content.length - 24 - 3 * (2 + "entry 17".length());
    for (int at = 0; at < lastBatch; at++) {
      byte[] changed = content.clone();
      changed[at] ^= 1;
      disk.overwrite(file, changed);
      assertStartRefused();
    }
    disk.overwrite(file, Arrays.copyOf(content, 39));
    assertStartRefused();
    disk.overwrite(file, content);
    Logs.open(disk).close();
    assertThat(Logs.verified(Logs.files(disk), Optional.empty())).hasSize(20);
  }

  @Test
  void entriesWithoutACheckpointAreNotTakenForANewLog() throws IOException {
    write();
    disk.delete(Path.of("/log/checkpoint"));
    for (Path file : disk.list(Path.of("/log/journal"))) {
      disk.delete(file);
    }

    assertStartRefused();
  }

  private VerificationReport verify() {
    return LogVerification.verify(Logs.files(disk), Logs.SIGNER.verifierKey(), Optional.empty());
  }

  private void assertStartRefused() {
    List<Path> before = disk.files();
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> Logs.open(disk).close())
        .satisfies(
            refused -> {
              assertThat(refused.code().value()).isEqualTo("log-damaged");
              assertThat(refused.context()).containsKey("problem");
            });
    assertThat(disk.files()).isEqualTo(before);
  }

  private static boolean mentions(Finding finding, String name) {
    return finding.file().equals(name)
        || finding.problem().contains(name)
        || finding.problem().contains("level below");
  }
}
