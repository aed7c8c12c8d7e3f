package io.farshore.simulation.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.ExecutionState.Running;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.MemberId;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.Nemesis;
import io.farshore.simulation.SimulatedWorld;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many lives of one application. {@code -Dsim.seed=N} replays one and prints it, {@code
 * -Dsim.seeds=N} runs more of them.
 */
class FailoverSimTest {
  private static final int SEEDS_DEFAULT = 40;
  private static final Duration STORM = Duration.ofSeconds(90);
  private static final Duration CALM_AFTER = Duration.ofMinutes(3);
  private static final Duration BEGIN_WITHIN = Duration.ofSeconds(30);
  private static final Duration MOVE_WITHIN = Duration.ofSeconds(60);

  private static LongStream seeds() {
    Long one = Long.getLong("sim.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Integer.getInteger("sim.seeds", SEEDS_DEFAULT));
  }

  private static FailoverWorld world(long seed) {
    return new FailoverWorld(seed, Long.getLong("sim.seed") != null, true);
  }

  @Test
  void oneRegionWritesAtATimeThroughAnyStormAndOneDoesAfterIt() {
    seeds().forEach(seed -> storm(world(seed)));
  }

  @Test
  void gateThatDoesNotAskIsCaught() {
    assertThatThrownBy(
            () ->
                LongStream.range(0, 100)
                    .forEach(seed -> storm(new FailoverWorld(seed, false, false))))
        .hasMessageStartingWith("seed");
  }

  @Test
  void oneSeedGivesOneRun() {
    FailoverWorld first = storm(world(3));
    FailoverWorld second = storm(world(3));

    assertThat(second.world().steps()).isEqualTo(first.world().steps());
    assertThat(second.acknowledged()).isEqualTo(first.acknowledged());
  }

  @Test
  void lostRegionIsReplacedWithinSeconds() {
    FailoverWorld failover = begun(1);
    SimulatedWorld world = failover.world();

    failover.killRegion(FailoverWorld.EAST);
    long killedAt = world.time().nanos();
    world.require("writes elsewhere", MOVE_WITHIN, () -> failover.epochs() == 2);

    assertThat(Duration.ofNanos(world.time().nanos() - killedAt)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepName.class,
      names = {"FENCE", "PROMOTE", "VERIFY"})
  void executorKilledInAStepIsReplaced(StepName step) {
    seeds()
        .limit(10)
        .forEach(
            seed -> {
              FailoverWorld failover = begun(seed);
              SimulatedWorld world = failover.world();
              failover.killDatabase(FailoverWorld.EAST);
              world.require(
                  "the step " + step, MOVE_WITHIN, () -> isIn(failover.lastExecution(), step));
              MemberId executor = leader(failover);
              world.member(executor).crash();
              world.time().after(Duration.ofSeconds(10), () -> world.member(executor).start());

              world.require(
                  "the execution is completed by another",
                  MOVE_WITHIN,
                  () ->
                      failover
                          .lastExecution()
                          .filter(one -> one.state() instanceof ExecutionState.Completed)
                          .isPresent());
              assertThat(
                      failover
                          .newestState()
                          .application(FailoverWorld.LEDGER)
                          .orElseThrow()
                          .executions())
                  .hasSize(1);
            });
  }

  @Test
  void lostWitnessChangesNothing() {
    FailoverWorld failover = begun(5);
    failover.world().member(FailoverWorld.WITNESS).crash();
    int before = failover.acknowledged();

    failover.world().run(Duration.ofSeconds(30));

    assertThat(failover.epochs()).isEqualTo(1);
    // Ten a second, but for the moment of an election.
    assertThat(failover.acknowledged()).isGreaterThan(before + 200);
  }

  private static boolean isIn(Optional<ExecutionRecord> execution, StepName step) {
    return execution.filter(one -> one.state().equals(new Running(step))).isPresent();
  }

  private static MemberId leader(FailoverWorld failover) {
    return failover
        .programs()
        .filter(FailoverProgram::leads)
        .map(FailoverProgram::id)
        .findFirst()
        .orElseThrow();
  }

  private static FailoverWorld begun(long seed) {
    FailoverWorld failover = world(seed);
    failover.world().require("writes", BEGIN_WITHIN, () -> failover.acknowledged() > 20);
    return failover;
  }

  private static FailoverWorld storm(FailoverWorld failover) {
    SimulatedWorld world = failover.world();
    Nemesis nemesis = new Nemesis(world);
    DatabaseNemesis databases = new DatabaseNemesis(failover);
    try {
      nemesis.start();
      databases.start();
      world.run(STORM);
      nemesis.stop();
      databases.stop();
      failover.heal();
      int acknowledged = failover.acknowledged();
      world.require(
          "clients are answered again",
          CALM_AFTER,
          () -> failover.acknowledged() > acknowledged + 10);
      return failover;
    } catch (InvariantBrokenException e) {
      throw new AssertionError("seed " + world.seed() + ": " + e.getMessage(), e);
    }
  }
}
