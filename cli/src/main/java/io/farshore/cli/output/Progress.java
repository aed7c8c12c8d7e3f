package io.farshore.cli.output;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.PrintWriter;
import java.util.Map;

/** One line that changes on a terminal; elsewhere a line now and then. Not thread-safe. */
public final class Progress {
  private static final ErrorCode INTERRUPTED =
      ErrorCode.retryable("interrupted", ErrorCategory.CONFLICT);
  private static final long PAUSE_MILLIS = 250;
  private static final int LINES_EVERY = 20;

  private final PrintWriter err;
  private final boolean terminal = Terminal.ofProcess().isPresent();
  private int shown;

  public Progress(PrintWriter err) {
    this.err = err;
  }

  /** Waits a moment before asking again. */
  public static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FarshoreException(INTERRUPTED, "Interrupted; what was begun goes on", Map.of(), e);
    }
  }

  public void show(String text) {
    if (terminal) {
      err.print("\r\u001b[K" + text);
      err.flush();
    } else if (shown % LINES_EVERY == 0) {
      err.println(text);
      err.flush();
    }
    shown++;
  }

  public void end() {
    if (terminal && shown > 0) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
