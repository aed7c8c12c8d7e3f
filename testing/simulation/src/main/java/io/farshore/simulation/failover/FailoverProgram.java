package io.farshore.simulation.failover;

import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.ControlStateMachine;
import io.farshore.failover.evidence.Endpoint;
import io.farshore.failover.evidence.EndpointKind;
import io.farshore.failover.evidence.EndpointProber;
import io.farshore.failover.lease.EpochMemory;
import io.farshore.failover.lease.GuardSettings;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.member.FailoverMember;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.lease.ClockDrift;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.simulation.Program;
import io.farshore.simulation.SimulatedMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One process: the very member that runs in production, with simulated hands. */
final class FailoverProgram implements Program {
  private static final String PING = "simulation.ping";
  private static final GuardSettings SETTINGS =
      new GuardSettings(Duration.ofMillis(100), Duration.ofMillis(500), 5, ClockDrift.DEFAULT);

  private final Environment environment;
  private final FailoverWorld world;
  private final ControlJson json = new ControlJson();
  private final ControlStateMachine machine = new ControlStateMachine(json);
  private @Nullable FailoverMember member;

  FailoverProgram(Environment environment, FailoverWorld world) {
    this.environment = environment;
    this.world = world;
  }

  @Override
  public StateMachine machine() {
    return machine;
  }

  @Override
  public void start(Quorum quorum) {
    quorum.serve(PING, (sender, request) -> CompletableFuture.completedFuture(request));
    Map<ApplicationId, GuardedDatabase> databases = new HashMap<>();
    if (!environment.self().equals(FailoverWorld.WITNESS)) {
      databases.put(
          FailoverWorld.LEDGER,
          new GuardedSimulation(
              world.database(region()),
              environment,
              world.world().time(),
              world.gatesAsk(),
              commit -> world.confirmed(this, commit)));
    }
    FailoverMember created =
        new FailoverMember(
            new FailoverMember.Parts(
                quorum,
                world.world().members().stream()
                    .map(SimulatedMember::id)
                    .collect(Collectors.toSet()),
                machine,
                json,
                databases,
                new DurableEpochs(world.epochs(region())),
                new Probes(quorum),
                SETTINGS,
                () ->
                    new UUID(
                        (environment.random().nextLong() & ~0xF000L) | 0x7000L,
                        (environment.random().nextLong() >>> 2) | Long.MIN_VALUE),
                world.wallClock(),
                environment.clock(),
                environment.scheduler(),
                new SimulationNarrator(environment.self(), world)));
    member = created;
    created.start();
  }

  ControlState state() {
    return machine.state();
  }

  boolean leads() {
    return member != null && member.quorum().leading();
  }

  MemberId id() {
    return environment.self();
  }

  Optional<HeldLease> held() {
    return guard().flatMap(RegionGuard::held);
  }

  boolean mayConfirm() {
    return guard().map(RegionGuard::mayConfirm).orElse(false);
  }

  void propose(ControlCommand command) {
    FailoverMember running = member;
    if (running != null) {
      environment
          .scheduler()
          .schedule(
              Duration.ZERO, () -> running.agreement().propose(command).thenAccept(done -> {}));
    }
  }

  private Optional<RegionGuard> guard() {
    return Optional.ofNullable(member).flatMap(running -> running.guards().stream().findFirst());
  }

  private RegionId region() {
    return new RegionId(environment.self().value());
  }

  private final class Probes implements EndpointProber {
    private final Quorum quorum;

    Probes(Quorum quorum) {
      this.quorum = quorum;
    }

    @Override
    public boolean knows(Endpoint endpoint) {
      return endpoint.kind() == EndpointKind.CONTROL || endpoint.kind() == EndpointKind.DATABASE;
    }

    @Override
    public CompletionStage<Void> probe(Endpoint endpoint, Duration timeout) {
      MemberId target = new MemberId(endpoint.region());
      if (endpoint.kind() == EndpointKind.CONTROL) {
        return quorum.call(target, PING, new byte[0], timeout).thenAccept(answer -> {});
      }
      CompletableFuture<Void> answer = new CompletableFuture<>();
      environment
          .scheduler()
          .schedule(
              timeout.dividedBy(4),
              () -> {
                boolean reached =
                    world.world().network().connects(environment.self(), target)
                        && world.database(new RegionId(target.value())).up();
                if (reached) {
                  answer.complete(null);
                } else {
                  answer.completeExceptionally(new IllegalStateException("no answer"));
                }
              });
      return answer;
    }
  }

  /** Outlives the process, as a disk does. */
  private record DurableEpochs(Map<ApplicationId, Epoch> disk) implements EpochMemory {
    @Override
    public Epoch newest(ApplicationId application) {
      return disk.getOrDefault(application, Epoch.NONE);
    }

    @Override
    public boolean admit(ApplicationId application, Epoch epoch) {
      if (newest(application).isAfter(epoch)) {
        return false;
      }
      disk.put(application, epoch);
      return true;
    }
  }
}
