package io.farshore.testing.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sends signals through the shell's own {@code kill}, which every system with a shell has. */
final class Signals {
  private Signals() {}

  /** Processes that ended meanwhile are passed over. */
  static void send(String signal, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "s=$1; shift; for p; do kill -$s $p 2>/dev/null; done", "sh"));
    command.add(signal);
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new PostgresServerException("cannot send a signal", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresServerException("interrupted while sending a signal", e);
    }
  }
}
