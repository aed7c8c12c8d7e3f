package io.farshore.simulation.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.MemberId;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.Nemesis;
import io.farshore.simulation.SimulatedMember;
import io.farshore.simulation.SimulatedWorld;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many lives of one lease. {@code -Dsim.seed=N} replays one, {@code -Dsim.seeds=N} runs more of
 * them.
 */
class LeaseSimTest {
  private static final MemberId WITNESS = new MemberId("witness");
  private static final List<MemberId> MEMBERS =
      List.of(new MemberId("us-east"), new MemberId("eu-west"), WITNESS);

  private static final int SEEDS_DEFAULT = 200;
  private static final double DRIFT = 1.0 / 200;
  private static final Duration STORM = Duration.ofSeconds(60);
  private static final Duration CALM_AFTER = Duration.ofSeconds(60);

  private static LongStream seeds() {
    Long one = Long.getLong("sim.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Integer.getInteger("sim.seeds", SEEDS_DEFAULT));
  }

  @Test
  void two_regions_never_hold_one_lease_and_after_the_storm_somebody_does() {
    seeds().forEach(seed -> run(seed, LeaseRules.SOUND));
  }

  @Test
  void one_seed_gives_one_run() {
    SimulatedWorld first = run(1, LeaseRules.SOUND);
    SimulatedWorld second = run(1, LeaseRules.SOUND);

    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(second.lastCommitted()).isEqualTo(first.lastCommitted());
  }

  @Test
  void a_grant_without_compare_and_set_is_caught() {
    assertCaught(LeaseRules.SOUND.withoutCompareAndSet());
  }

  @Test
  void a_holder_that_counts_from_the_answer_is_caught() {
    assertCaught(LeaseRules.SOUND.countingFromTheAnswer());
  }

  @Test
  void a_grant_that_does_not_wait_is_caught() {
    assertCaught(LeaseRules.SOUND.notWaiting());
  }

  private static void assertCaught(LeaseRules broken) {
    assertThatThrownBy(() -> LongStream.range(0, 500).forEach(seed -> run(seed, broken)))
        .hasMessageContaining("two regions");
  }

  private static SimulatedWorld run(long seed, LeaseRules rules) {
    OneHolder oneHolder = new OneHolder();
    SimulatedWorld world =
        new SimulatedWorld(
                seed,
                MEMBERS,
                DRIFT,
                environment ->
                    new LeaseProgram(environment, rules, !environment.self().equals(WITNESS)))
            .with(oneHolder);
    Nemesis nemesis = new Nemesis(world);
    try {
      nemesis.start();
      world.run(STORM);
      nemesis.stop();
      world.heal();
      long committed = world.lastCommitted();
      int epochs = oneHolder.epochsHeld();
      world.require(
          "a lease is held under a new epoch and all members have applied it",
          CALM_AFTER,
          () ->
              somebodyMayWrite(world)
                  && (oneHolder.epochsHeld() > epochs || world.lastCommitted() > committed + 3)
                  && world.members().stream().allMatch(member -> applied(member, committed)));
      return world;
    } catch (InvariantBrokenException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static boolean somebodyMayWrite(SimulatedWorld world) {
    return world.members().stream()
        .flatMap(member -> member.program().stream())
        .anyMatch(program -> ((LeaseProgram) program).mayWriteNow());
  }

  private static boolean applied(SimulatedMember member, long index) {
    return member.quorum().map(quorum -> quorum.status().appliedIndex() >= index).orElse(false);
  }
}
