package io.farshore.replication.lag;

import static io.farshore.replication.lag.Looks.EAST;
import static io.farshore.replication.lag.Looks.LEDGER;
import static io.farshore.replication.lag.Looks.WEST;
import static io.farshore.replication.lag.Looks.at;
import static io.farshore.replication.lag.Looks.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkAlarmTest {
  private final LinkAlarm alarm =
      new LinkAlarm(new LagThresholds(Duration.ofSeconds(5), Duration.ofSeconds(30), 3));
  private final List<String> told = new ArrayList<>();

  @Test
  void lag_is_told_once_after_three_looks_and_its_end_after_three_more() {
    lags(1, 6, 7, 8, 9, 10, 1, 1, 1, 1);
    assertThat(told).containsExactly("WARNING 8", "recovered 1");
  }

  @Test
  void a_peak_of_two_looks_is_not_told() {
    lags(6, 6, 1, 40, 40, 1, 6, 6, 1);
    assertThat(told).isEmpty();
  }

  @Test
  void a_warning_becomes_critical_and_easing_is_not_told_before_it_is_over() {
    lags(6, 6, 6, 31, 31, 31, 31, 6, 6, 6, 6, 1, 1, 1);
    assertThat(told).containsExactly("WARNING 6", "CRITICAL 31", "recovered 1");
  }

  @Test
  void lag_that_wavers_about_the_upper_threshold_is_a_warning_at_least() {
    lags(29, 31, 29, 31, 29);
    assertThat(told).containsExactly("WARNING 29");
  }

  @Test
  void critical_from_the_start_is_told_as_critical_alone() {
    lags(60, 60, 60, 60);
    assertThat(told).containsExactly("CRITICAL 60");
  }

  @Test
  void a_lost_connection_is_told_after_three_looks_and_its_return_at_once() {
    states(
        LinkState.IDLE,
        LinkState.DISCONNECTED,
        LinkState.DISCONNECTED,
        LinkState.IDLE,
        LinkState.DISCONNECTED,
        LinkState.DISCONNECTED,
        LinkState.DISCONNECTED,
        LinkState.DISCONNECTED,
        LinkState.STREAMING,
        LinkState.IDLE);
    assertThat(told).containsExactly("lost", "restored");
  }

  @Test
  void a_database_that_does_not_answer_says_nothing_of_its_links() {
    states(LinkState.IDLE, LinkState.UNKNOWN, LinkState.UNKNOWN, LinkState.UNKNOWN, LinkState.IDLE);
    assertThat(told).isEmpty();
  }

  private void lags(int... seconds) {
    for (int lag : seconds) {
      tell(reading(LinkState.STREAMING, lag));
    }
  }

  private void states(LinkState... states) {
    for (LinkState state : states) {
      tell(reading(state, 0));
    }
  }

  private void tell(LinkReading reading) {
    for (LinkEvent event : alarm.on(reading, at(100))) {
      told.add(
          switch (event) {
            case LinkEvent.LagBreached breached ->
                breached.level() + " " + breached.lag().toSeconds();
            case LinkEvent.LagRecovered recovered -> "recovered " + recovered.lag().toSeconds();
            case LinkEvent.LinkLost lost -> "lost";
            case LinkEvent.LinkRestored restored -> "restored";
          });
    }
  }

  private static LinkReading reading(LinkState state, int lagSeconds) {
    Observation.Moment proved = moment(100 - lagSeconds);
    return new LinkReading(
        new LinkKey(LEDGER, EAST, WEST),
        state,
        null,
        null,
        null,
        proved,
        proved,
        null,
        null,
        moment(100));
  }
}
