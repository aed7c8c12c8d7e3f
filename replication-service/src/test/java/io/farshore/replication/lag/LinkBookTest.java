package io.farshore.replication.lag;

import static io.farshore.replication.lag.Looks.EAST;
import static io.farshore.replication.lag.Looks.LEDGER;
import static io.farshore.replication.lag.Looks.WEST;
import static io.farshore.replication.lag.Looks.alone;
import static io.farshore.replication.lag.Looks.at;
import static io.farshore.replication.lag.Looks.heartbeat;
import static io.farshore.replication.lag.Looks.reading;
import static io.farshore.replication.lag.Looks.seconds;
import static io.farshore.replication.lag.Looks.unanswered;
import static io.farshore.replication.lag.Looks.wall;
import static io.farshore.replication.lag.Looks.writing;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkBookTest {
  private static final Duration UNCERTAINTY = Duration.ofMillis(200);

  private final LinkBook writer = new LinkBook(LEDGER, EAST, Set.of(WEST), UNCERTAINTY);
  private final LinkBook reader = new LinkBook(LEDGER, WEST, Set.of(EAST), UNCERTAINTY);

  @Test
  void a_replica_that_has_everything_is_idle_and_nothing_is_exposed_but_the_time_since_the_look() {
    LinkReading link = only(writer.observe(writing(10, 500, 500L, 500)));

    assertThat(link.state()).isEqualTo(LinkState.IDLE);
    assertThat(link.lagBytes()).isZero();
    assertThat(link.serverLag()).isZero();
    assertThat(link.exposedBytes()).isZero();
    assertThat(link.exposure(at(10.5))).isEqualTo(seconds(0.5));
  }

  @Test
  void exposure_counts_from_the_last_moment_whose_whole_log_is_safe() {
    writer.observe(writing(10, 500, 500L, 500));
    writer.observe(writing(11, 600, 500L, 500));
    writer.observe(writing(12, 700, 650L, 500));
    LinkReading link = only(writer.observe(writing(13, 800, 690L, 600)));

    // 690 covers all of what was written at 11 (600), and not all of what was at 12 (700)
    assertThat(link.exposure(at(13))).isEqualTo(seconds(2));
    assertThat(link.exposedBytes()).isEqualTo(110);
    assertThat(link.lagBytes()).isEqualTo(200);
    assertThat(link.lag(at(13))).isEqualTo(seconds(2));
    assertThat(link.state()).isEqualTo(LinkState.STREAMING);
  }

  @Test
  void exposure_of_a_cut_link_grows_in_time_and_bytes() {
    writer.observe(writing(10, 500, 500L, 500));
    LinkReading link = only(writer.observe(alone(15, 900)));

    assertThat(link.state()).isEqualTo(LinkState.DISCONNECTED);
    assertThat(link.exposure(at(15))).isEqualTo(seconds(5));
    assertThat(link.exposedBytes()).isEqualTo(400);
    assertThat(link.lagBytes()).isNull();
  }

  @Test
  void a_database_that_does_not_answer_leaves_proofs_that_age_and_measures_unknown() {
    writer.observe(writing(10, 500, 500L, 500));
    LinkReading link = only(writer.observe(unanswered(17)));

    assertThat(link.state()).isEqualTo(LinkState.UNKNOWN);
    assertThat(link.exposure(at(17))).isEqualTo(seconds(7));
    assertThat(link.exposedBytes()).isNull();
    assertThat(link.lagBytes()).isNull();
  }

  @Test
  void without_any_proof_exposure_is_unknown_and_not_zero() {
    LinkReading link = only(writer.observe(alone(10, 500)));

    assertThat(link.exposure(at(10))).isNull();
    assertThat(link.exposedBytes()).isNull();
    assertThat(link.state()).isEqualTo(LinkState.DISCONNECTED);
  }

  @Test
  void a_position_that_went_back_is_another_history_and_proves_nothing_of_this_one() {
    writer.observe(writing(10, 500, 100L, 100));
    LinkReading link = only(writer.observe(writing(11, 300, 200L, 200)));

    assertThat(link.exposure(at(11))).isNull();
  }

  @Test
  void on_the_replica_exposure_is_the_age_of_the_newest_heartbeat_and_the_clocks_uncertainty() {
    LinkReading link = only(reader.observe(reading(10.3, heartbeat(EAST, 10))));

    assertThat(link.link()).isEqualTo(new LinkKey(LEDGER, EAST, WEST));
    assertThat(link.exposure(at(10.3))).isEqualTo(seconds(0.5));
    assertThat(link.lastVisibleAt()).isEqualTo(wall(10));
    assertThat(link.exposedBytes()).isEqualTo(7);
  }

  @Test
  void a_heartbeat_from_a_clock_ahead_of_ours_is_no_younger_than_the_uncertainty() {
    LinkReading link = only(reader.observe(reading(10, heartbeat(EAST, 12))));

    assertThat(link.exposure(at(10))).isEqualTo(UNCERTAINTY);
  }

  @Test
  void an_old_heartbeat_seen_again_grows_old_whatever_the_wall_clock_does() {
    Heartbeat last = heartbeat(EAST, 10);
    reader.observe(reading(10, last));
    Observation.Reading later =
        new Observation.Reading(
            new Observation.Moment(at(30), wall(-500)), // our wall clock was set back
            Looks.FIRST,
            new Lsn(100),
            null,
            null,
            last,
            null);
    LinkReading link = only(reader.observe(later));

    assertThat(link.exposure(at(30))).isEqualTo(seconds(20.2));
    assertThat(link.state()).isEqualTo(LinkState.DISCONNECTED);
    assertThat(link.exposedBytes()).isNull();
  }

  @Test
  void after_a_promotion_here_the_link_turns_round() {
    reader.observe(reading(10, heartbeat(EAST, 10)));
    LinkReading link = only(reader.observe(alone(11, 500)));

    assertThat(link.link()).isEqualTo(new LinkKey(LEDGER, WEST, EAST));
    assertThat(link.exposure(at(11))).isNull();
  }

  @Test
  void a_writer_that_another_region_has_replaced_has_no_links() {
    writer.observe(writing(10, 500, 500L, 500));

    assertThat(writer.observe(new Observation.Superseded(Looks.moment(11)))).isEmpty();
    assertThat(writer.observe(unanswered(12))).isEmpty();
  }

  @Test
  void a_copy_that_saw_no_heartbeat_of_another_region_names_no_sender() {
    assertThat(reader.observe(reading(10, null))).isEmpty();
    assertThat(reader.observe(reading(11, heartbeat(WEST, 10)))).isEmpty();
  }

  @Test
  void the_trail_is_bounded_and_answers_of_long_ago_are_never_too_young() {
    PositionTrail trail = new PositionTrail();
    for (int i = 0; i < 5 * PositionTrail.ENTRIES_MAX; i++) {
      trail.add(Looks.moment(i), new Lsn(10L * i));
      assertThat(trail.size()).isLessThanOrEqualTo(PositionTrail.ENTRIES_MAX);
    }
    for (int reached = 10; reached < 50 * PositionTrail.ENTRIES_MAX; reached += 997) {
      MonotonicInstant found = trail.latestWithin(new Lsn(reached)).orElseThrow().monotonic();
      assertThat(at(reached / 10.0).isBefore(found)).isFalse();
    }
  }

  private static LinkReading only(List<LinkReading> readings) {
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }
}
