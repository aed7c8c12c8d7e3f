package io.farshore.quarkus.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stores and sends events is killed again and again (SIGKILL). */
@NullUnmarked
class FileOutboxKillTest {
  private static final int KILLS = 5;
  private static final int STORED_BEFORE_KILL = 300;

  @TempDir Path directory;

  @Test
  void whatWasSaidToBeStoredIsSentOrStillThere() throws Exception {
    Set<String> stored = new LinkedHashSet<>();
    Set<String> sent = new LinkedHashSet<>();
    for (int round = 0; round < KILLS; round++) {
      int wanted = stored.size() + STORED_BEFORE_KILL;
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OutboxWriterProcess.class.getName(),
                  directory.toString(),
                  "round" + round)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader output = process.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          String[] words = line.split(" ", 2);
          if (words.length == 2) {
            (words[0].equals("stored") ? stored : sent).add(words[1]);
          }
          if (stored.size() == wanted) {
            // Through the handle: the process object would also close the output being read.
            process.toHandle().destroyForcibly();
          }
        }
      }
      process.waitFor();
      assertThat(stored).hasSizeGreaterThanOrEqualTo(wanted);
    }

    List<String> left;
    try (FileOutbox outbox = FileOutbox.open(directory, FileOutbox.BYTES_MAX_DEFAULT)) {
      left = OutboxContract.drainAll(outbox);
    }

    // Events are sent in order, so everything before the last one known to be sent was sent too.
    List<String> missing = new ArrayList<>(stored);
    missing.removeAll(left);
    assertThat(sent).isNotEmpty();
    assertThat(missing).as("neither sent nor left").allMatch(id -> wasSent(id, sent, stored));
  }

  /** Sent itself, or stored before one that was. */
  private static boolean wasSent(String id, Set<String> sent, Set<String> stored) {
    boolean from = false;
    for (String candidate : stored) {
      from |= candidate.equals(id);
      if (from && sent.contains(candidate)) {
        return true;
      }
    }
    return false;
  }
}
