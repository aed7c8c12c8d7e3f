package io.farshore.gateway.health;

import java.io.IOException;
import java.time.Duration;

/** Asks one upstream whether it is well. Used by one thread. */
@FunctionalInterface
public interface UpstreamProbe {
  /**
   * Asks once.
   *
   * @return how long the answer took
   * @throws IOException if there was no good answer in time; the message says why
   */
  Duration check() throws IOException, InterruptedException;
}
