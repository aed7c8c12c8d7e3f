package io.farshore.tlog.writer;

import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures a log on this machine's disk: durable entries of 1 KiB a second, by batch size, with a
 * checkpoint a second, and how fast they are verified. Run {@code main} with a directory on the
 * disk to be measured.
 */
final class LogThroughput {
  private static final int ENTRY_BYTES = 1024;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private LogThroughput() {}

  public static void main(String[] arguments) throws Exception {
    Path parent = Path.of(arguments[0]);
    for (int batch : new int[] {1, 16, 64, 256}) {
      Path directory = Files.createTempDirectory(parent, "log");
      try (LogWriter writer = LogOpening.open(directory, Logs.SIGNER, new SecureRandom())) {
        measure(writer, batch);
      }
      long began = System.nanoTime();
      VerificationReport report = LogVerification.verify(directory, Logs.SIGNER.verifierKey());
      double seconds = seconds(began);
      System.out.printf(
          "  verified %d entries in %.2f s: intact=%s%n",
          report.entriesChecked(), seconds, report.intact());
    }
  }

  private static void measure(LogWriter writer, int batch) {
    Random random = new Random(1);
    List<Long> appendNanos = new ArrayList<>();
    List<Long> publishNanos = new ArrayList<>();
    long began = System.nanoTime();
    long lastPublish = began;
    while (System.nanoTime() - began < WINDOW.toNanos()) {
      byte[][] entries = new byte[batch][ENTRY_BYTES];
      for (byte[] entry : entries) {
        random.nextBytes(entry);
      }
      long start = System.nanoTime();
      writer.append(Arrays.asList(entries));
      appendNanos.add(System.nanoTime() - start);
      if (start - lastPublish > 1_000_000_000L || writer.isNearlyFull()) {
        long publish = System.nanoTime();
        writer.publish();
        publishNanos.add(System.nanoTime() - publish);
        lastPublish = publish;
      }
    }
    LogCheckpoint last = writer.publish();
    System.out.printf(
        "batch %d: %.0f entries/s; append p50 %.2f ms p99 %.2f ms; publish p50 %.0f ms max %.0f ms%n",
        batch,
        last.size() / seconds(began),
        percentile(appendNanos, 50),
        percentile(appendNanos, 99),
        percentile(publishNanos, 50),
        percentile(publishNanos, 100));
  }

  private static double percentile(List<Long> nanos, int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int place = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
    return sorted.get(place) / 1e6;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
