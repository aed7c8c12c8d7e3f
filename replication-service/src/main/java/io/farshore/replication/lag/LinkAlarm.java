package io.farshore.replication.lag;

import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to tell of one link: only what has lasted for several looks, and once. Not for use
 * by several threads.
 */
public final class LinkAlarm {
  private final LagThresholds thresholds;
  private LinkEvent.@Nullable Level told;
  private long warningTimes;
  private long criticalTimes;
  private long calmTimes;
  private boolean lost;
  private int disconnectedTimes;

  public LinkAlarm(LagThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Takes a reading into account; answers what is to be told now. */
  public List<LinkEvent> on(LinkReading reading, MonotonicInstant now) {
    List<LinkEvent> events = new ArrayList<>();
    connection(reading).ifPresent(events::add);
    Duration lag = reading.lag(now);
    if (lag != null) {
      lag(reading.link(), lag).ifPresent(events::add);
    }
    return events;
  }

  /** A link of which nothing is known is neither lost nor restored. */
  private Optional<LinkEvent> connection(LinkReading reading) {
    if (reading.state().isConnected()) {
      disconnectedTimes = 0;
      if (lost) {
        lost = false;
        return Optional.of(new LinkEvent.LinkRestored(reading.link()));
      }
    } else if (reading.state() == LinkState.DISCONNECTED) {
      disconnectedTimes = Math.min(disconnectedTimes + 1, thresholds.samples());
      if (!lost && disconnectedTimes == thresholds.samples()) {
        lost = true;
        return Optional.of(new LinkEvent.LinkLost(reading.link()));
      }
    }
    return Optional.empty();
  }

  private Optional<LinkEvent> lag(LinkKey link, Duration lag) {
    boolean warning = lag.compareTo(thresholds.warn()) >= 0;
    boolean critical = lag.compareTo(thresholds.critical()) >= 0;
    warningTimes = warning ? warningTimes + 1 : 0;
    criticalTimes = critical ? criticalTimes + 1 : 0;
    calmTimes = warning ? 0 : calmTimes + 1;
    if (criticalTimes >= thresholds.samples() && told != LinkEvent.Level.CRITICAL) {
      return Optional.of(breached(link, LinkEvent.Level.CRITICAL, lag, thresholds.critical()));
    }
    if (warningTimes >= thresholds.samples() && told == null) {
      return Optional.of(breached(link, LinkEvent.Level.WARNING, lag, thresholds.warn()));
    }
    if (calmTimes >= thresholds.samples() && told != null) {
      told = null;
      return Optional.of(new LinkEvent.LagRecovered(link, lag));
    }
    return Optional.empty();
  }

  private LinkEvent breached(
      LinkKey link, LinkEvent.Level level, Duration lag, Duration threshold) {
    told = level;
    return new LinkEvent.LagBreached(link, level, lag, threshold);
  }
}
