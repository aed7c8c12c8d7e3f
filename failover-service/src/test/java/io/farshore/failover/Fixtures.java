package io.farshore.failover;

import io.farshore.failover.application.Component;
import io.farshore.failover.application.ComponentKind;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.application.Objectives;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.application.Tier;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.ControlTransitions;
import io.farshore.failover.control.Fork;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRequest;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.plan.PositionSample;
import io.farshore.failover.plan.RecoveryPlan;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One application, two regions, and a quorum's state driven by hand. */
public final class Fixtures {
  public static final ApplicationId LEDGER = new ApplicationId("ledger");
  public static final RegionId EAST = new RegionId("us-east");
  public static final RegionId WEST = new RegionId("eu-west");
  public static final MemberId EAST_MEMBER = new MemberId("us-east");
  public static final MemberId WEST_MEMBER = new MemberId("eu-west");
  public static final MemberId WITNESS = new MemberId("witness");
  public static final Set<MemberId> MEMBERS = Set.of(EAST_MEMBER, WEST_MEMBER, WITNESS);
  public static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  public static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  public static final String EXECUTION = "0198f3a0-0000-7000-8000-000000000001";

  private ControlState state = ControlState.EMPTY;
  private long index;

  public static ProtectedApplication ledger() {
    return ledger(FailoverMode.AUTOMATIC, true);
  }

  public static ProtectedApplication ledger(FailoverMode mode, boolean commitGate) {
    return new ProtectedApplication(
        LEDGER,
        "payments",
        Tier.CRITICAL,
        new Objectives(Duration.ofMinutes(1), Duration.ofMinutes(5)),
        List.of(EAST, WEST),
        List.of(
            new Component("database", ComponentKind.POSTGRESQL, Map.of()),
            new Component("api", ComponentKind.HTTP, Map.of())),
        new FailoverPolicy(mode, Duration.ofSeconds(5), Duration.ofSeconds(1), 3, commitGate));
  }

  public static PositionSample at(long timeline, long lsn, Instant at) {
    return new PositionSample(position(timeline, lsn), at);
  }

  public static ReplicationPosition position(long timeline, long lsn) {
    return new ReplicationPosition(new Timeline(timeline), new Lsn(lsn));
  }

  public static ExecutionRequest request(ExecutionKind kind, Set<StepName> holdBefore) {
    return new ExecutionRequest(
        EXECUTION,
        LEDGER,
        kind,
        EAST,
        WEST,
        ExecutionRequest.AUTOMATIC,
        "lost",
        false,
        holdBefore,
        RecoveryPlan.forPolicy(ledger().policy()),
        TRACE,
        START,
        START.plusSeconds(3));
  }

  public ControlState state() {
    return state;
  }

  /** Has one command applied. */
  public ControlOutcome apply(ControlCommand command) {
    ControlTransitions.Applied applied = ControlTransitions.apply(state, ++index, command);
    state = applied.state();
    return applied.outcome();
  }

  public Fixtures declared() {
    apply(new ControlCommand.Declare(LEDGER, ledger(), null, "olga", START, EAST_MEMBER));
    return this;
  }

  /** Declared, granted to the home region, and renewed once. */
  public Fixtures writable() {
    declared();
    apply(new ControlCommand.TakeLease(LEDGER, EAST, at(1, 100, START), 0, START, EAST_MEMBER));
    renew(EAST, new Epoch(1), at(1, 100, START));
    return this;
  }

  public ControlOutcome renew(RegionId region, Epoch epoch, PositionSample position) {
    return apply(
        new ControlCommand.RenewLease(
            LEDGER, region, epoch, position, position.at(), new MemberId(region.value())));
  }

  public ControlOutcome begin(ExecutionKind kind, Set<StepName> holdBefore) {
    return apply(
        new ControlCommand.Begin(
            request(kind, holdBefore), Map.of("observers", "gone"), WITNESS, WITNESS));
  }

  public ControlOutcome fence() {
    return apply(
        new ControlCommand.Fence(
            LEDGER,
            EXECUTION,
            state.lease(LEDGER).revision(),
            new LossBound(Duration.ofSeconds(5), 1_000, false),
            Map.of(),
            START.plusSeconds(5),
            WITNESS));
  }

  public ControlOutcome promoted() {
    return apply(
        new ControlCommand.CompletePromotion(
            LEDGER,
            EXECUTION,
            new Fork(new Timeline(1), new Lsn(150), new Timeline(2)),
            at(2, 160, START.plusSeconds(6)),
            Map.of(),
            START.plusSeconds(6),
            WITNESS));
  }

  public ControlOutcome verified() {
    return apply(
        new ControlCommand.CompleteStep(
            LEDGER, EXECUTION, StepName.VERIFY, Map.of(), START.plusSeconds(7), WITNESS));
  }
}
