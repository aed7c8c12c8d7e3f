package io.farshore.failover.plan;

import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.execution.LossBound;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LossEstimatorTest {
  private static final Instant END = START.plusSeconds(12);

  /** One sample a second, 1,000 bytes each; the last at ten seconds. */
  private final PositionHistory history = history();

  @Test
  void candidateThatHasEverythingReportedCanMissOnlyWhatCameAfter() {
    LossBound bound = LossEstimator.bound(history, position(1, 10_000), END).orElseThrow();

    assertThat(bound.duration()).isEqualTo(Duration.ofSeconds(2));
    assertThat(bound.exact()).isFalse();
  }

  @Test
  void candidateThatLagsMissesSinceItsPosition() {
    LossBound bound = LossEstimator.bound(history, position(1, 4_500), END).orElseThrow();

    assertThat(bound.duration()).isEqualTo(Duration.ofSeconds(8));
    assertThat(bound.bytes()).isGreaterThanOrEqualTo(10_000 - 4_500 + 2 * 2 * 1_000);
  }

  @Test
  void bytesCoverTwiceTheFastestGrowthSeen() {
    long behind = LossEstimator.bound(history, position(1, 10_000), END).orElseThrow().bytes();

    assertThat(behind).isEqualTo(2 * 2 * 1_000 + LossEstimator.BURST_BYTES);
  }

  @Test
  void aPaddedSegmentCountsOnceAndNotAsARate() {
    long segment = 16L << 20;
    PositionHistory padded = history.plus(at(1, segment, START.plusMillis(10_100)));

    long bytes = LossEstimator.bound(padded, position(1, segment), END).orElseThrow().bytes();

    assertThat(bytes).isBetween(2 * (segment - 10_000), 2 * segment + LossEstimator.BURST_BYTES);
  }

  @Test
  void candidateOnAnotherTimelineCannotBeCompared() {
    assertThat(LossEstimator.bound(history, position(2, 10_000), END)).isEmpty();
  }

  @Test
  void candidateOlderThanEverySampleCannotBeBounded() {
    assertThat(LossEstimator.bound(history, position(1, 0), END)).isEmpty();
  }

  @Test
  void nothingIsKnownBeforeTheFirstSample() {
    assertThat(LossEstimator.bound(PositionHistory.NONE, position(1, 0), END)).isEmpty();
  }

  @Test
  void historyReachesFarBackAndStaysSmall() {
    PositionHistory long_ = PositionHistory.NONE;
    for (int second = 0; second < 100_000; second++) {
      long_ = long_.plus(at(1, second, START.plusSeconds(second)));
    }

    assertThat(long_.samples()).hasSizeLessThanOrEqualTo(PositionHistory.SAMPLES_MAX);
    Instant newest = START.plusSeconds(99_999);
    assertThat(long_.samples().getFirst().at()).isBefore(newest.minus(Duration.ofHours(4)));
    for (int back = 1; back < 60; back++) {
      assertThat(long_.lastSeenAtOrBefore(new io.farshore.kernel.Lsn(99_999 - back)))
          .contains(newest.minusSeconds(back));
    }
  }

  @Test
  void newTimelineBeginsANewHistory() {
    PositionHistory after = history.plus(at(2, 50, END));

    assertThat(after.samples()).hasSize(1);
  }

  private static PositionHistory history() {
    PositionHistory history = PositionHistory.NONE;
    for (int second = 1; second <= 10; second++) {
      history = history.plus(at(1, second * 1_000L, START.plusSeconds(second)));
    }
    return history;
  }
}
