package io.farshore.gateway.health;

import io.farshore.kernel.RegionId;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Checks one upstream for ever, a little irregularly so that gateways do not march in step. */
public final class HealthChecks implements Runnable {
  /** Share of the interval by which a pause may be shorter or longer. */
  private static final double JITTER = 0.2;

  private final RegionId region;
  private final UpstreamProbe probe;
  private final HealthBoard board;
  private final Duration interval;
  private final RandomGenerator random;

  public HealthChecks(
      RegionId region,
      UpstreamProbe probe,
      HealthBoard board,
      Duration interval,
      RandomGenerator random) {
    this.region = region;
    this.probe = probe;
    this.board = board;
    this.interval = interval;
    this.random = random;
  }

  /** Runs until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        checkOnce();
        Thread.sleep(pause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void checkOnce() throws InterruptedException {
    try {
      Duration roundTrip = probe.check();
      if (board.of(region).latency() == null) {
        // The first answer also paid for the connection: measure one that did not.
        roundTrip = probe.check();
      }
      board.onCheckPassed(region, roundTrip);
    } catch (IOException e) {
      String message = e.getMessage();
      board.onCheckFailed(region, message == null ? e.getClass().getSimpleName() : message);
    }
  }

  private Duration pause() {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(interval.toNanos() * factor));
  }
}
