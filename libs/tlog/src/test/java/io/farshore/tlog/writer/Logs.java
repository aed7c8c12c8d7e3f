package io.farshore.tlog.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.tlog.disk.LogDisk;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests of the writer share. */
final class Logs {
  static final NoteSigner SIGNER =
      new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(new SecureRandom()));

  private Logs() {}

  static LogFiles files(LogDisk disk) {
    return new LogFiles(disk, Path.of("/log"));
  }

  static LogWriter open(LogDisk disk) {
    return LogOpening.open(files(disk), SIGNER, () -> new byte[16]);
  }

  static List<byte[]> batch(long first, int count) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(("entry " + (first + i)).getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }

  static void appendUpTo(LogWriter writer, long size) {
    writer.append(batch(writer.size(), (int) (size - writer.size())));
  }

  /** The log's entries, once all of it has been verified. */
  static List<String> verified(LogFiles files, Optional<byte[]> earlier) {
    VerificationReport report = LogVerification.verify(files, SIGNER.verifierKey(), earlier);
    assertThat(report.findings()).isEmpty();
    assertThat(report.intact()).isTrue();
    assertThat(report.earlier().isPresent()).isEqualTo(earlier.isPresent());
    long size = report.checkpoint().orElseThrow().size();
    assertThat(report.entriesChecked()).isEqualTo(size);
    return new LogReader(files, size)
        .entries(0, (int) size).stream()
            .map(entry -> new String(entry, StandardCharsets.UTF_8))
            .toList();
  }
}
