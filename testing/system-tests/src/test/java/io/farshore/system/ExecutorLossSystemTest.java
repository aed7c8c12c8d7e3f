package io.farshore.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.Wait;
import io.farshore.testbed.process.WorldProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever runs a plan may die before any of its steps; another member goes on from the journal. */
class ExecutorLossSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> SITES = List.of("us-east", "eu-west", "witness");
  private static final List<String> STEPS =
      List.of("fence", "promote", "shift", "verify", "declare");

  @Test
  void theExecutorIsKilledBeforeEveryStepAndThePlanIsStillCompleted() throws Exception {
    try (World world =
        Testbed.regions("us-east", "eu-west")
            .rtt(Duration.ofMillis(80))
            .failoverOnly()
            .manualFailover()
            .named("executor-loss")
            .start()) {
      FarshoreClient operator = world.client("operator");
      world.region("us-east").applicationDatabase().kill();
      Wait.until(
          "the guard has given the lease up",
          PATIENCE,
          () ->
              attempt(() -> operator.leases("eu-west").getFirst().holder() == null).orElse(false));
      Execution started = start(operator);

      for (String step : STEPS) {
        Wait.until(
            "the execution is held before " + step,
            PATIENCE,
            () -> held(operator, started.id(), step).isPresent());
        Execution held = held(operator, started.id(), step).orElseThrow();
        WorldProcess executor = executorOf(world, held);
        executor.kill();
        Wait.until(
            "the others know the execution as held before " + step,
            PATIENCE,
            () -> acknowledged(operator, started.id(), executor.site()));
        executor.start();
        executor.awaitReady(PATIENCE);
      }

      Execution done = operator.awaitCompletedExecution("eu-west", PATIENCE);
      assertThat(done.steps()).allMatch(step -> step.state().equals("completed"));
      assertThat(done.steps().stream().map(Execution.Step::executor).distinct().count())
          .as("more than one member ran it")
          .isGreaterThan(1);
      operator.awaitWriter("eu-west", PATIENCE);
    }
  }

  private static Execution start(FarshoreClient operator) {
    FailoverRequest request = new FailoverRequest("eu-west", "database lost", true, STEPS);
    Execution[] started = new Execution[1];
    Wait.until(
        "the failover is accepted",
        PATIENCE,
        () ->
            attempt(() -> operator.startFailover("eu-west", request))
                .map(execution -> (started[0] = execution) != null)
                .orElse(false));
    return started[0];
  }

  /** The execution as any member that answers has it, if it is held before this step. */
  private static Optional<Execution> held(FarshoreClient operator, String id, String step) {
    return SITES.stream()
        .flatMap(site -> attempt(() -> operator.execution(site, id)).stream())
        .filter(execution -> step.equals(execution.heldBefore()))
        .findFirst();
  }

  /** The member that completed the last step is the one that holds the next. */
  private static WorldProcess executorOf(World world, Execution held) {
    String member =
        held.steps().reversed().stream()
            .map(Execution.Step::executor)
            .flatMap(executor -> Optional.ofNullable(executor).stream())
            .findFirst()
            .orElseThrow();
    return world.sites().stream()
        .filter(site -> site.name().equals(member))
        .findFirst()
        .orElseThrow()
        .process("failover-service");
  }

  /** Acknowledged through a member that is not the killed one. */
  private static boolean acknowledged(FarshoreClient operator, String id, String killed) {
    return SITES.stream()
        .filter(site -> !site.equals(killed))
        .anyMatch(
            site ->
                attempt(
                        () -> {
                          operator.acknowledge(site, id);
                          return true;
                        })
                    .orElse(false));
  }

  private static <T> Optional<T> attempt(java.util.function.Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (RuntimeException notYet) {
      return Optional.empty();
    }
  }
}
