package io.farshore.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.routing.RoutingDecision.Candidate;
import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold whatever happens, tried with many random worlds. */
class RoutingInvariantsTest {
  private static final long SEED = Long.getLong("sim.seed", 20261121L);
  private static final int WORLDS = 400;
  private static final int STEPS = 120;
  private static final List<RegionId> REGIONS =
      List.of(
          new RegionId("us-east"),
          new RegionId("eu-west"),
          new RegionId("ap-south"),
          new RegionId("sa-north"));

  @Test
  void invariants_hold_in_every_random_world() {
    for (int world = 0; world < WORLDS; world++) {
      live(SEED + world);
    }
  }

  private static void live(long seed) {
    Random random = new Random(seed);
    Set<RegionId> residency = random.nextInt(3) == 0 ? subset(random) : Set.of();
    RoutingPolicy policy =
        new RoutingPolicy(pick(random), residency, random.nextInt(4) == 0 ? pick(random) : null);
    Set<RegionId> reachable = subset(random);
    RoutingBoard board = new RoutingBoard(new RoutingDecider(policy), reachable);
    Route newest = null;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        Route offered = randomRoute(random);
        boolean taken = board.adopt(offered);
        boolean newer = newest == null || offered.supersedes(newest);
        assertThat(taken).as("seed %d step %d", seed, step).isEqualTo(newer);
        newest = newer ? offered : newest;
      } else if (!reachable.isEmpty()) {
        RegionId region = List.copyOf(reachable).get(random.nextInt(reachable.size()));
        board.update(region, randomUpstream(random));
      }
      check(board, policy, newest, "seed " + seed + " step " + step);
    }
  }

  private static void check(
      RoutingBoard board, RoutingPolicy policy, @Nullable Route newest, String where) {
    RoutingBoard.Plan plan = board.plan();
    assertThat(plan.route()).as(where).isEqualTo(newest);
    if (newest == null) {
      assertThat(plan.write().rule()).as(where).isEqualTo(Rule.NO_ROUTE);
      assertThat(plan.read().rule()).as(where).isEqualTo(Rule.NO_ROUTE);
      return;
    }
    if (plan.write() instanceof Routed write) {
      assertThat(write.region()).as(where).isEqualTo(newest.writer());
      assertThat(write.epoch()).as(where).isEqualTo(newest.epoch());
      assertThat(newest.readOnly()).as(where).isFalse();
      assertThat(write.alternatives()).as(where).isEmpty();
      admissible(write, newest, policy, plan.view(), where);
    }
    if (plan.read() instanceof Routed read) {
      admissible(read, newest, policy, plan.view(), where);
      read.alternatives()
          .forEach(
              other -> {
                assertThat(newest.regions().get(other)).as(where).isEqualTo(RegionMode.SERVING);
                assertThat(policy.permits(other)).as(where).isTrue();
                assertThat(plan.view().of(other).healthy()).as(where).isTrue();
              });
      boolean someHealthy =
          newest.regions().entrySet().stream()
              .anyMatch(
                  e ->
                      e.getValue() == RegionMode.SERVING
                          && policy.permits(e.getKey())
                          && plan.view().reachable(e.getKey())
                          && plan.view().of(e.getKey()).healthy());
      if (read.rule() == Rule.UNCHECKED && read.region().equals(policy.home())) {
        assertThat(plan.view().of(read.region()).state()).isEqualTo(Upstream.State.UNKNOWN);
      } else {
        assertThat(plan.view().of(read.region()).healthy()).as(where).isEqualTo(someHealthy);
      }
    }
    explained(plan.read(), newest, where);
    explained(plan.write(), newest, where);
  }

  private static void admissible(
      Routed routed, Route route, RoutingPolicy policy, UpstreamView view, String where) {
    assertThat(route.regions().get(routed.region())).as(where).isEqualTo(RegionMode.SERVING);
    assertThat(policy.permits(routed.region())).as(where).isTrue();
    assertThat(view.reachable(routed.region())).as(where).isTrue();
  }

  private static void explained(RoutingDecision decision, Route route, String where) {
    assertThat(decision.reason()).as(where).isNotBlank();
    assertThat(decision.candidates())
        .as(where)
        .extracting(Candidate::region)
        .containsExactlyElementsOf(route.regions().keySet());
    long chosen = decision.candidates().stream().filter(Candidate::chosen).count();
    assertThat(chosen).as(where).isEqualTo(decision instanceof Routed ? 1 : 0);
  }

  private static Route randomRoute(Random random) {
    Map<RegionId, RegionMode> regions = new LinkedHashMap<>();
    for (RegionId region : REGIONS) {
      if (random.nextInt(5) > 0) {
        RegionMode[] modes = RegionMode.values();
        regions.put(
            region,
            random.nextBoolean() ? RegionMode.SERVING : modes[random.nextInt(modes.length)]);
      }
    }
    RegionId writer =
        regions.isEmpty() || random.nextInt(4) == 0
            ? null
            : List.copyOf(regions.keySet()).get(random.nextInt(regions.size()));
    return new Route(
        new ApplicationId("ledger"),
        "http",
        random.nextInt(50),
        new Epoch(random.nextInt(8)),
        writer,
        random.nextInt(5) == 0,
        regions);
  }

  private static Upstream randomUpstream(Random random) {
    Upstream.State[] states = Upstream.State.values();
    return new Upstream(
        states[random.nextInt(states.length)],
        random.nextInt(4) == 0 ? null : Duration.ofMillis(random.nextInt(200)));
  }

  private static Set<RegionId> subset(Random random) {
    return REGIONS.stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
  }

  private static RegionId pick(Random random) {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }
}
