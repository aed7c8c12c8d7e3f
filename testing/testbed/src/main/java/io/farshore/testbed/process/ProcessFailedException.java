package io.farshore.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A process of the world did not do what it was started for; the message ends with its log. */
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LOG_TAIL_CHARS_MAX = 4_000;

  ProcessFailedException(WorldProcess process, String what, @Nullable Throwable cause) {
    super(process.label() + " " + what + "\n" + tail(process.log()), cause);
  }

  private static String tail(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS_MAX));
    } catch (IOException e) {
      return "(no log at " + log + ")";
    }
  }
}
