package io.farshore.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "ä", "a.b", "../etc", "a\n"})
  void aRegionThatIsNotADnsLabelIsRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegionId(value))
        .withMessageContaining("region");
  }

  @Test
  void aLaterEpochSupersedesAnEarlierOneWhoeverHoldsIt() {
    FencingToken old = new FencingToken(new RegionId("us-east"), new Epoch(3));
    FencingToken renewed = new FencingToken(new RegionId("us-east"), new Epoch(3));
    FencingToken taken = new FencingToken(new RegionId("eu-west"), old.epoch().next());

    assertThat(taken.supersedes(old)).isTrue();
    assertThat(old.supersedes(taken)).isFalse();
    assertThat(renewed.supersedes(old)).isFalse();
  }

  @Test
  void readingsOfTwoClocksHaveNoOrder() {
    MonotonicInstant here = new MonotonicInstant("a", 10);
    MonotonicInstant there = new MonotonicInstant("b", 20);

    assertThatIllegalArgumentException().isThrownBy(() -> here.isBefore(there));
    assertThat(here.plus(Duration.ofNanos(5)).since(here)).isEqualTo(Duration.ofNanos(5));
  }

  @Test
  void aMonotonicReadingThatWrapsStillHasAnOrder() {
    MonotonicInstant before = new MonotonicInstant("a", Long.MAX_VALUE);
    MonotonicInstant after = new MonotonicInstant("a", Long.MIN_VALUE);

    assertThat(before.isBefore(after)).isTrue();
  }

  @Test
  void identifiersCarryTheTimeTheyWereMade() {
    Instant made = Instant.parse("2026-11-21T03:00:00.123Z");
    var id = IdGenerator.timeOrdered(Clock.fixed(made, ZoneOffset.UTC)).next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(made.toEpochMilli());
  }

  @Test
  void aFailurePrintsItsCodeAndParticulars() {
    var failure =
        new FarshoreException(
            ErrorCode.retryable("quorum-lost", ErrorCategory.UNAVAILABLE),
            "No majority of voters answers",
            Map.of("region", "us-east", "epoch", "4"));

    assertThat(failure.describe())
        .isEqualTo("quorum-lost: No majority of voters answers [epoch=4 region=us-east]");
  }
}
