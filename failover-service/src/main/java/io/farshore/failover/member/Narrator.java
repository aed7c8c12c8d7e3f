package io.farshore.failover.member;

import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.kernel.ApplicationId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what a member does: logs and metrics. Called on the member's loop; must not block
 * and must not throw.
 */
public interface Narrator {
  /**
   * Something worth knowing happened.
   *
   * @param message static text
   * @param keys what was particular, by the vocabulary of log keys
   */
  void info(String message, Map<String, String> keys);

  /** Something needs a person's eye. */
  void warn(String message, Map<String, String> keys, @Nullable Throwable cause);

  /** As {@link #info}, within an execution: also names its trace. */
  void step(String message, ExecutionRecord execution, Map<String, String> keys);

  /** A renewal was agreed on, this long after it was asked for. */
  void renewed(ApplicationId application, Duration took);

  /** An execution is over. */
  void over(ExecutionRecord execution);

  /** The failure's own words, for {@code keys}. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof io.farshore.kernel.FarshoreException known
        ? known.describe()
        : String.valueOf(cause);
  }
}
