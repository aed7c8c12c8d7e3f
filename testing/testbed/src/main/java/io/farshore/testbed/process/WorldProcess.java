package io.farshore.testbed.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One process of a world. It can be started again after it ended, on the same ports and data.
 * Thread-safe.
 */
public interface WorldProcess {
  /** The site it runs in. */
  String site();

  /** For example {@code failover-service}; unique within its site. */
  String name();

  /** Starts it and returns at once. */
  void start();

  /**
   * Waits until it serves.
   *
   * @throws ProcessFailedException if it ends first, or does not serve in time
   */
  void awaitReady(Duration patience);

  /** {@code kill -9}, with all its descendants; returns when they are gone. */
  void kill();

  /** Asks it to end, and waits until it has. */
  void stop();

  /** {@code SIGSTOP}: its connections stay open and nothing answers. */
  void pause();

  /** Ends a pause. */
  void resume();

  boolean isRunning();

  /** Process id; the process must have been started. */
  long pid();

  /** What it wrote, from all its lives. */
  Path log();

  /** {@code site/name}, for people. */
  default String label() {
    return site() + "/" + name();
  }
}
