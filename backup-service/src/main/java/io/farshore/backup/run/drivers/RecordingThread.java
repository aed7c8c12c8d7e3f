package io.farshore.backup.run.drivers;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Records the log beside the base backup, on a thread of its own, until told where to end. */
final class RecordingThread implements AutoCloseable {
  private volatile Optional<Lsn> end = Optional.empty();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;

  private RecordingThread(WalRecorder recorder) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("backup-wal")
            .unstarted(
                () -> {
                  try {
                    recorder.recordUntil(this::endOrStop, false);
                  } catch (RuntimeException e) {
                    failure.set(e);
                  }
                });
  }

  static RecordingThread start(WalRecorder recorder) {
    RecordingThread recording = new RecordingThread(recorder);
    recording.thread.start();
    return recording;
  }

  /** Throws what the thread failed with, if it did: then the base backup is of no use either. */
  void requireHealthy() {
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw cause;
    }
  }

  /** Tells where to end and waits until that is reached. */
  void finish(Lsn lsn) {
    end = Optional.of(lsn);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    requireHealthy();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private Optional<Lsn> endOrStop() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(null);
    }
    return end;
  }

  private static FarshoreException interrupted(@Nullable Throwable cause) {
    return new FarshoreException(
        BackupErrors.LOG_INCOMPLETE, "Recording of the log was interrupted", Map.of(), cause);
  }
}
