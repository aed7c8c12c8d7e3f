package io.farshore.tlog.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import io.farshore.tlog.writer.LogOpening;
import io.farshore.tlog.writer.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCopyTest {
  private static final NoteSigner SIGNER =
      new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(new SecureRandom()));

  @TempDir private Path directory;

  @Test
  void aCopyMadeWhileTheLogIsWrittenVerifiesAndCanBeBroughtUpToDate() throws Exception {
    Path log = directory.resolve("log");
    Path copy = directory.resolve("copy");
    List<byte[]> batch = Collections.nCopies(37, new byte[100]);
    LogOpening.open(log, SIGNER, new SecureRandom()).close();
    AtomicBoolean enough = new AtomicBoolean();
    Thread writing =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (LogWriter writer = LogOpening.open(log, SIGNER, new SecureRandom())) {
                    while (!enough.get()) {
                      writer.append(batch);
                      writer.publish();
                    }
                  }
                });
    long size = 0;
    for (int copies = 0; copies < 20 || size < 1_000; copies++) {
      size = LogCopy.copy(log, copy).size();

      VerificationReport report = LogVerification.verify(copy, SIGNER.verifierKey());
      assertThat(report.findings()).isEmpty();
      assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(size);
    }
    enough.set(true);
    writing.join();

    assertThat(Files.exists(copy.resolve("journal"))).isFalse();
    LogOpening.open(copy, SIGNER, new SecureRandom()).close();
  }

  @Test
  void whereThereIsNoLogNothingIsCopied() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> LogCopy.copy(empty, directory.resolve("copy")));
    assertThat(directory.resolve("copy")).doesNotExist();
  }
}
