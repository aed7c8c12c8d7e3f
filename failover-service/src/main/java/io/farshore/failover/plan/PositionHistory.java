package io.farshore.failover.plan;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the primary was, and when: dense for the last minute, thinner the further back, so that a
 * candidate hours behind can still be judged. All samples are on one timeline and from one clock.
 *
 * @param samples oldest first
 */
public record PositionHistory(List<PositionSample> samples) {
  /** Nothing known. */
  public static final PositionHistory NONE = new PositionHistory(List.of());

  /** A minute at one renewal a second stays dense; the rest reaches back by doubling gaps. */
  static final int SAMPLES_MAX = 128;

  static final int SAMPLES_DENSE = 64;

  public PositionHistory {
    samples = List.copyOf(samples);
  }

  /** The history with one more sample; a sample on another timeline begins a new history. */
  public PositionHistory plus(PositionSample sample) {
    List<PositionSample> all = new ArrayList<>(SAMPLES_MAX);
    if (timeline().filter(sample.position().timeline()::equals).isPresent()) {
      all.addAll(samples.size() < SAMPLES_MAX ? samples : thinned());
    }
    all.add(sample);
    return new PositionHistory(all);
  }

  /** The newest sample. */
  public Optional<PositionSample> last() {
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
  }

  public Optional<Timeline> timeline() {
    return last().map(sample -> sample.position().timeline());
  }

  /** When the primary was surely at or before {@code lsn}; empty if it was never seen there. */
  public Optional<Instant> lastSeenAtOrBefore(Lsn lsn) {
    return samples.reversed().stream()
        .filter(sample -> !sample.position().lsn().isAfter(lsn))
        .map(PositionSample::at)
        .findFirst();
  }

  /**
   * The most bytes by which the log ever grew in a time this long, as far as the samples tell. One
   * jump counts once: a switch to a new segment, which pads the old one, is no sign of a rate.
   */
  public long mostGrowthWithin(Duration window) {
    if (window.isZero() || window.isNegative()) {
      return 0;
    }
    double most = 0;
    for (int from = 0; from < samples.size() - 1; from++) {
      PositionSample before = samples.get(from);
      int to = from + 1;
      while (to < samples.size() - 1 && seconds(before, samples.get(to)) < seconds(window)) {
        to++;
      }
      double elapsed = seconds(before, samples.get(to));
      long grown = samples.get(to).position().lsn().bytesSince(before.position().lsn());
      if (elapsed > 0) {
        most = Math.max(most, grown * Math.min(1, seconds(window) / elapsed));
      }
    }
    if (samples.size() > 1 && seconds(samples.getFirst(), samples.getLast()) < seconds(window)) {
      // Too young to have seen a time this long: take it to go on as it began.
      most *= seconds(window) / Math.max(seconds(samples.getFirst(), samples.getLast()), 1e-3);
    }
    return (long) Math.ceil(most);
  }

  private static double seconds(PositionSample before, PositionSample after) {
    return seconds(Duration.between(before.at(), after.at()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private List<PositionSample> thinned() {
    List<PositionSample> kept = new ArrayList<>(SAMPLES_MAX);
    int sparse = samples.size() - SAMPLES_DENSE;
    for (int i = 0; i < samples.size(); i++) {
      if (i >= sparse || i % 2 == 0) {
        kept.add(samples.get(i));
      }
    }
    return kept;
  }
}
