package io.farshore.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.routing.Routes;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.gateway.routing.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamHealthTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void the_first_good_check_is_enough_for_one_never_checked() {
    assertThat(UpstreamHealth.UNKNOWN.onCheckPassed(TEN).state()).isEqualTo(Upstream.State.HEALTHY);
  }

  @Test
  void the_first_failed_check_of_one_never_checked_makes_it_suspect() {
    assertThat(UpstreamHealth.UNKNOWN.onCheckFailed("refused").state())
        .isEqualTo(Upstream.State.SUSPECT);
  }

  @Test
  void three_failed_checks_in_a_row_and_not_two_mean_down() {
    UpstreamHealth two = healthy().onCheckFailed("refused").onCheckFailed("refused");

    assertThat(two.state()).isEqualTo(Upstream.State.HEALTHY);
    assertThat(two.onCheckFailed("refused").state()).isEqualTo(Upstream.State.DOWN);
    assertThat(two.onCheckPassed(TEN).onCheckFailed("x").onCheckFailed("x").state())
        .isEqualTo(Upstream.State.HEALTHY);
  }

  @Test
  void two_good_checks_in_a_row_and_not_one_mean_healthy_again() {
    UpstreamHealth one = down().onCheckPassed(TEN);

    assertThat(one.state()).isEqualTo(Upstream.State.DOWN);
    assertThat(one.onCheckPassed(TEN).state()).isEqualTo(Upstream.State.HEALTHY);
    assertThat(one.onCheckFailed("x").onCheckPassed(TEN).state()).isEqualTo(Upstream.State.DOWN);
  }

  @Test
  void requests_that_cannot_connect_make_it_suspect_before_any_check() {
    UpstreamHealth suspect = healthy().onConnectFailed("refused").onConnectFailed("refused");

    assertThat(suspect.state()).isEqualTo(Upstream.State.SUSPECT);
    assertThat(suspect.onConnected().state()).isEqualTo(Upstream.State.SUSPECT);
    assertThat(suspect.onCheckPassed(TEN).onCheckPassed(TEN).state())
        .isEqualTo(Upstream.State.HEALTHY);
  }

  @Test
  void one_connect_failure_between_good_ones_means_nothing() {
    assertThat(healthy().onConnectFailed("x").onConnected().onConnectFailed("x").state())
        .isEqualTo(Upstream.State.HEALTHY);
  }

  @Test
  void latency_follows_what_is_measured_smoothly() {
    UpstreamHealth health = UpstreamHealth.UNKNOWN.onCheckPassed(TEN);

    assertThat(health.latency()).isEqualTo(TEN);
    assertThat(health.onCheckPassed(Duration.ofMillis(110)).latency())
        .isEqualTo(Duration.ofMillis(40));
    UpstreamHealth moved = health;
    for (int i = 0; i < 30; i++) {
      moved = moved.onCheckPassed(Duration.ofMillis(110));
    }
    assertThat(moved.latency()).isBetween(Duration.ofMillis(109), Duration.ofMillis(110));
  }

  @Test
  void routing_and_the_listener_are_told_of_changes() {
    List<String> told = new ArrayList<>();
    RoutingBoard routing = new RoutingBoard(Routes.decider(), List.of(Routes.EAST, Routes.WEST));
    HealthBoard board =
        new HealthBoard(
            routing,
            (region, before, after) -> told.add(region + " " + before + " " + after.state()));

    board.onCheckPassed(Routes.EAST, TEN);
    board.onCheckPassed(Routes.EAST, TEN);
    board.onConnectFailed(Routes.EAST, "x");
    board.onConnectFailed(Routes.EAST, "x");

    assertThat(told).containsExactly("us-east UNKNOWN HEALTHY", "us-east HEALTHY SUSPECT");
    assertThat(routing.plan().view().of(Routes.EAST).state()).isEqualTo(Upstream.State.SUSPECT);
  }

  private static UpstreamHealth healthy() {
    return UpstreamHealth.UNKNOWN.onCheckPassed(TEN);
  }

  private static UpstreamHealth down() {
    return healthy().onCheckFailed("x").onCheckFailed("x").onCheckFailed("x");
  }
}
