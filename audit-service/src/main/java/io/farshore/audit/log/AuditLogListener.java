package io.farshore.audit.log;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.writer.Recovery;
import java.time.Duration;

/** Is told what the log does. Called by the log's own thread; must not block. */
public interface AuditLogListener {
  /** The log was opened; for the first time or after a failure. */
  void onOpened(Recovery recovery, LogCheckpoint published);

  /**
   * Entries became durable.
   *
   * @param entries how many
   * @param duplicates how many more were known already
   * @param took from taking them from the queue
   */
  void onAppended(int entries, int duplicates, Duration took);

  void onPublished(LogCheckpoint checkpoint);

  /** Nothing can be appended; it is tried again after {@code retryAfter}. */
  void onFailure(FarshoreException failure, Duration retryAfter);
}
