package io.farshore.gateway.routing;

import static io.farshore.gateway.routing.Routes.EAST;
import static io.farshore.gateway.routing.Routes.SOUTH;
import static io.farshore.gateway.routing.Routes.WEST;
import static io.farshore.gateway.routing.Routes.decider;
import static io.farshore.gateway.routing.Routes.down;
import static io.farshore.gateway.routing.Routes.healthy;
import static io.farshore.gateway.routing.Routes.route;
import static io.farshore.gateway.routing.Routes.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.routing.RoutingDecision.Candidate;
import io.farshore.gateway.routing.RoutingDecision.Refused;
import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.kernel.RegionId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingDeciderTest {
  private static final UpstreamView BOTH_WELL = view(healthy(2), healthy(80));

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void these_methods_read(String method) {
    assertThat(RequestFacts.of(method).write()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "get", "PROPFIND", "MOVE", ""})
  void every_other_method_writes(String method) {
    assertThat(RequestFacts.of(method).write()).isTrue();
  }

  @Test
  void a_write_goes_to_the_lease_holder_however_far_it_is() {
    RoutingDecision decision = decider().decide(RequestFacts.WRITE, route(3, 9, WEST), BOTH_WELL);

    assertThat(routed(decision).region()).isEqualTo(WEST);
    assertThat(routed(decision).epoch().value()).isEqualTo(3);
    assertThat(decision.rule()).isEqualTo(Rule.WRITER);
    assertThat(routed(decision).alternatives()).isEmpty();
  }

  @Test
  void a_write_goes_to_the_lease_holder_even_if_it_looks_down() {
    RoutingDecision decision =
        decider().decide(RequestFacts.WRITE, route(3, 9, EAST), view(down(), healthy(80)));

    assertThat(routed(decision).region()).isEqualTo(EAST);
  }

  @Test
  void a_write_is_refused_while_nobody_holds_the_lease() {
    assertThat(refused(decider().decide(RequestFacts.WRITE, route(3, 9, null), BOTH_WELL)))
        .isEqualTo(Rule.NO_WRITER);
  }

  @Test
  void a_write_is_refused_while_the_route_is_read_only() {
    Route open = route(3, 9, EAST);
    Route held = new Route(open.application(), "http", 9, open.epoch(), EAST, true, open.regions());

    assertThat(refused(decider().decide(RequestFacts.WRITE, held, BOTH_WELL)))
        .isEqualTo(Rule.NO_WRITER);
    assertThat(routed(decider().decide(RequestFacts.READ, held, BOTH_WELL)).region())
        .isEqualTo(EAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRAINING", "FENCED"})
  void a_write_is_refused_while_its_holder_takes_nothing_new(String mode) {
    Route route =
        route(3, 9, EAST, Map.of(EAST, RegionMode.valueOf(mode), WEST, RegionMode.SERVING));

    assertThat(refused(decider().decide(RequestFacts.WRITE, route, BOTH_WELL)))
        .isEqualTo(Rule.NO_WRITER);
  }

  @Test
  void a_write_is_refused_where_its_holder_has_no_address() {
    Route route = route(3, 9, SOUTH, Map.of(SOUTH, RegionMode.SERVING, WEST, RegionMode.SERVING));

    assertThat(refused(decider().decide(RequestFacts.WRITE, route, BOTH_WELL)))
        .isEqualTo(Rule.NO_WRITER);
  }

  @Test
  void a_read_goes_to_the_nearest_healthy_region() {
    RoutingDecision decision =
        decider().decide(RequestFacts.READ, route(1, 1, EAST), view(healthy(80), healthy(3)));

    assertThat(routed(decision).region()).isEqualTo(WEST);
    assertThat(routed(decision).alternatives()).containsExactly(EAST);
    assertThat(decision.rule()).isEqualTo(Rule.NEAREST);
  }

  @Test
  void a_read_leaves_a_region_that_is_down() {
    RoutingDecision decision =
        decider().decide(RequestFacts.READ, route(1, 1, EAST), view(down(), healthy(80), EAST));

    assertThat(routed(decision).region()).isEqualTo(WEST);
    assertThat(candidate(decision, EAST).reason()).isEqualTo("down");
  }

  @Test
  void a_read_stays_if_the_gain_is_small_in_share_or_in_time() {
    Route route = route(1, 1, EAST);

    // 15 ms better, but only 15 %.
    assertThat(decider().decide(RequestFacts.READ, route, view(healthy(100), healthy(85), EAST)))
        .extracting(RoutingDecision::rule)
        .isEqualTo(Rule.CURRENT);
    // 50 % better, but only 10 ms.
    assertThat(decider().decide(RequestFacts.READ, route, view(healthy(20), healthy(10), EAST)))
        .extracting(RoutingDecision::rule)
        .isEqualTo(Rule.CURRENT);
    // Both.
    assertThat(
            routed(decider().decide(RequestFacts.READ, route, view(healthy(60), healthy(40), EAST)))
                .region())
        .isEqualTo(WEST);
  }

  @Test
  void a_read_prefers_home_while_nothing_was_checked() {
    RoutingDecision decision =
        decider()
            .decide(RequestFacts.READ, route(1, 1, WEST), view(Upstream.UNKNOWN, Upstream.UNKNOWN));

    assertThat(routed(decision).region()).isEqualTo(EAST);
    assertThat(decision.rule()).isEqualTo(Rule.UNCHECKED);
    assertThat(routed(decision).failOpen()).isFalse();
  }

  @Test
  void a_read_waits_at_home_for_homes_first_check_and_leaves_if_that_fails() {
    Route route = route(1, 1, WEST);

    assertThat(
            routed(decider().decide(RequestFacts.READ, route, view(Upstream.UNKNOWN, healthy(1))))
                .region())
        .isEqualTo(EAST);
    assertThat(
            routed(
                    decider()
                        .decide(
                            RequestFacts.READ,
                            route,
                            view(new Upstream(Upstream.State.SUSPECT, null), healthy(1))))
                .region())
        .isEqualTo(WEST);
  }

  @Test
  void a_read_goes_to_the_last_good_region_when_every_region_looks_ill() {
    RoutingDecision decision =
        decider().decide(RequestFacts.READ, route(1, 1, EAST), view(down(), down(), WEST));

    assertThat(routed(decision).region()).isEqualTo(WEST);
    assertThat(routed(decision).failOpen()).isTrue();
  }

  @Test
  void a_read_is_refused_when_every_region_drains_or_is_fenced() {
    Route route = route(1, 1, null, Map.of(EAST, RegionMode.FENCED, WEST, RegionMode.DRAINING));

    assertThat(refused(decider().decide(RequestFacts.READ, route, BOTH_WELL)))
        .isEqualTo(Rule.NO_SERVING_REGION);
  }

  @Test
  void an_override_holds_only_while_its_region_is_healthy() {
    RoutingDecider overriding = new RoutingDecider(new RoutingPolicy(EAST, Set.of(), WEST));

    assertThat(overriding.decide(RequestFacts.READ, route(1, 1, EAST), BOTH_WELL))
        .extracting(RoutingDecision::rule)
        .isEqualTo(Rule.OVERRIDE);
    assertThat(
            routed(
                    overriding.decide(
                        RequestFacts.READ, route(1, 1, EAST), view(healthy(2), down())))
                .region())
        .isEqualTo(EAST);
  }

  @Test
  void residency_is_never_broken_not_even_when_all_else_is_down() {
    RoutingDecider resident = new RoutingDecider(new RoutingPolicy(WEST, Set.of(WEST), null));

    assertThat(
            routed(resident.decide(RequestFacts.READ, route(1, 1, EAST), view(healthy(1), down())))
                .region())
        .isEqualTo(WEST);
    assertThat(refused(resident.decide(RequestFacts.WRITE, route(1, 1, EAST), BOTH_WELL)))
        .isEqualTo(Rule.RESIDENCY);
    assertThat(
            refused(
                resident.decide(
                    RequestFacts.READ,
                    route(1, 1, EAST, Map.of(EAST, RegionMode.SERVING, WEST, RegionMode.DRAINING)),
                    BOTH_WELL)))
        .isEqualTo(Rule.RESIDENCY);
  }

  @Test
  void without_a_table_everything_is_refused() {
    assertThat(refused(decider().decide(RequestFacts.READ, null, BOTH_WELL)))
        .isEqualTo(Rule.NO_ROUTE);
    assertThat(refused(decider().decide(RequestFacts.WRITE, null, BOTH_WELL)))
        .isEqualTo(Rule.NO_ROUTE);
  }

  @Test
  void every_region_is_explained() {
    RoutingDecision decision = decider().decide(RequestFacts.WRITE, route(1, 1, WEST), BOTH_WELL);

    assertThat(decision.candidates()).extracting(Candidate::region).contains(EAST, WEST);
    assertThat(candidate(decision, WEST).chosen()).isTrue();
    assertThat(candidate(decision, EAST).chosen()).isFalse();
    assertThat(candidate(decision, EAST).reason()).isNotBlank();
  }

  private static Candidate candidate(RoutingDecision decision, RegionId region) {
    return decision.candidates().stream()
        .filter(c -> c.region().equals(region))
        .findFirst()
        .orElseThrow();
  }

  private static Routed routed(RoutingDecision decision) {
    assertThat(decision).isInstanceOf(Routed.class);
    return (Routed) decision;
  }

  private static Rule refused(RoutingDecision decision) {
    assertThat(decision).isInstanceOf(Refused.class);
    return decision.rule();
  }
}
