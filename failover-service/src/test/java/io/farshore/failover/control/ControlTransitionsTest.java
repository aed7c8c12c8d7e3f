package io.farshore.failover.control;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EAST_MEMBER;
import static io.farshore.failover.Fixtures.EXECUTION;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.WEST_MEMBER;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import io.farshore.failover.Fixtures;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.control.ControlCommand.FailStep;
import io.farshore.failover.control.ControlCommand.RecordRefusal;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.control.ControlCommand.TakeLease;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.ExecutionState;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlTransitionsTest {
  private final Fixtures quorum = new Fixtures();

  @Test
  void sameDeclarationAgainChangesNothing() {
    quorum.declared();

    ControlOutcome again = declare(null, false);

    assertThat(again).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(record().generation()).isEqualTo(1);
  }

  @Test
  void declarationIsChangedOnlyByWhoHasReadIt() {
    quorum.declared();

    assertRefused(declare(null, true), FailoverErrors.PRECONDITION_NEEDED);
    assertRefused(declare(7L, true), FailoverErrors.GENERATION_CHANGED);
    assertThat(declare(1L, true)).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(record().generation()).isEqualTo(2);
    // The answer was lost, the same command comes again.
    assertThat(declare(1L, true)).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(record().generation()).isEqualTo(2);
  }

  @Test
  void firstToWriteIsTheHomeRegion() {
    quorum.declared();

    assertRefused(take(WEST, 1, 0), FailoverErrors.LEASE_NOT_AVAILABLE);
    assertThat(take(EAST, 1, 0)).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(route().writer()).isEqualTo("us-east");
    assertThat(route().epoch()).isEqualTo(1);
  }

  @Test
  void onlyTheLastWriterOnItsOwnTimelineTakesTheLeaseAgain() {
    quorum.writable();
    long revision = quorum.state().lease(LEDGER).revision();

    assertRefused(take(WEST, 1, revision), FailoverErrors.LEASE_NOT_AVAILABLE);
    assertRefused(take(EAST, 2, revision), FailoverErrors.LEASE_NOT_AVAILABLE);
    assertRefused(take(EAST, 1, revision - 1), FailoverErrors.LEASE_NOT_AVAILABLE);
    assertThat(take(EAST, 1, revision)).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(quorum.state().lease(LEDGER).epoch()).isEqualTo(new Epoch(2));
  }

  @Test
  void moveGoesThroughEveryStepAndIsMeasured() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    assertThat(route().mode()).isEqualTo("read-only");
    assertThat(route().writer()).isNull();
    quorum.fence();
    assertThat(route().epoch()).isEqualTo(2);
    assertThat(route().writer()).isNull();
    quorum.promoted();
    assertThat(route().writer()).isEqualTo("eu-west");
    assertThat(route().mode()).isEqualTo("open");
    quorum.verified();

    assertThat(execution().state()).isEqualTo(new ExecutionState.Completed(START.plusSeconds(7)));
    var measured = Measurement.of(execution()).orElseThrow();
    assertThat(measured.detection()).isEqualTo(Duration.ofSeconds(3));
    assertThat(measured.fence()).isEqualTo(Duration.ofSeconds(2));
    assertThat(measured.promotion()).isEqualTo(Duration.ofSeconds(1));
    assertThat(measured.achievedRecoveryTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(measured.lossDurationMax()).isEqualTo(Duration.ofSeconds(5));
    assertThat(types())
        .containsSubsequence(
            EventTypes.EXECUTION_STARTED,
            EventTypes.STEP_COMPLETED,
            EventTypes.LEASE_GRANTED,
            EventTypes.STEP_COMPLETED,
            EventTypes.EXECUTION_COMPLETED);
  }

  @Test
  void everythingOfOneExecutionIsOneTrace() {
    moved();

    assertThat(
            quorum.state().events().stream()
                .filter(event -> event.data().containsKey("executionId")))
        .allSatisfy(event -> assertThat(event.traceparent()).isEqualTo(Fixtures.TRACE));
  }

  @Test
  void stepThatIsNotTheCurrentOneIsRefused() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());

    assertRefused(quorum.promoted(), FailoverErrors.STEP_NOT_CURRENT);
    assertRefused(quorum.verified(), FailoverErrors.STEP_NOT_CURRENT);
    quorum.fence();
    assertRefused(quorum.fence(), FailoverErrors.STEP_NOT_CURRENT);
    assertThat(quorum.state().lease(LEDGER).epoch()).isEqualTo(new Epoch(2));
  }

  @Test
  void fenceThatTimedAnOlderRevisionIsRefused() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    long timed = quorum.state().lease(LEDGER).revision();
    quorum.renew(EAST, new Epoch(1), at(1, 120, START.plusSeconds(4)));

    ControlOutcome outcome =
        quorum.apply(
            new ControlCommand.Fence(LEDGER, EXECUTION, timed, null, Map.of(), START, WITNESS));

    assertRefused(outcome, FailoverErrors.STEP_NOT_CURRENT);
    assertThat(quorum.state().lease(LEDGER).holder()).isEqualTo(EAST);
  }

  @Test
  void oldHolderRenewsNoMoreAfterTheGrant() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    quorum.fence();

    assertRefused(
        quorum.renew(EAST, new Epoch(1), at(1, 120, START)), FailoverErrors.LEASE_NOT_AVAILABLE);
  }

  @Test
  void oldHolderTakesItsLeaseAgainWhenTheMoveWasGivenUpBeforeThePromotion() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    assertRefused(
        take(EAST, 1, quorum.state().lease(LEDGER).revision()), FailoverErrors.LEASE_NOT_AVAILABLE);
    quorum.fence();
    quorum.apply(
        new FailStep(
            LEDGER, EXECUTION, StepName.PROMOTE, "no", Map.of(), START.plusSeconds(9), WITNESS));

    assertThat(execution().state()).isInstanceOf(ExecutionState.Failed.class);
    assertThat(take(EAST, 1, quorum.state().lease(LEDGER).revision()))
        .isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(quorum.state().lease(LEDGER).epoch()).isEqualTo(new Epoch(3));
  }

  @Test
  void targetThatWasSeenAsPrimaryIsFollowedEvenIfTheExecutorNeverSaidSo() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    quorum.fence();
    quorum.renew(WEST, new Epoch(2), at(2, 160, START.plusSeconds(6)));
    quorum.apply(
        new FailStep(
            LEDGER, EXECUTION, StepName.PROMOTE, "no", Map.of(), START.plusSeconds(9), WITNESS));

    assertRefused(
        take(EAST, 1, quorum.state().lease(LEDGER).revision()), FailoverErrors.LEASE_NOT_AVAILABLE);
  }

  @Test
  void heldStepWaitsForAPerson() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of(StepName.PROMOTE, StepName.SHIFT));
    quorum.fence();
    assertThat(execution().state()).isEqualTo(new ExecutionState.Held(StepName.PROMOTE));
    assertRefused(quorum.promoted(), FailoverErrors.STEP_NOT_CURRENT);

    acknowledge();
    quorum.promoted();
    assertThat(execution().state()).isEqualTo(new ExecutionState.Held(StepName.SHIFT));
    assertThat(route().writer()).isNull();

    acknowledge();
    assertThat(route().writer()).isEqualTo("eu-west");
    assertRefused(acknowledge(), FailoverErrors.EXECUTION_NOT_HELD);
  }

  @Test
  void oneExecutionAtATime() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    ControlCommand.Begin same =
        new ControlCommand.Begin(
            Fixtures.request(ExecutionKind.FAILOVER, Set.of()), Map.of(), WITNESS, WITNESS);

    assertThat(quorum.apply(same)).isInstanceOf(ControlOutcome.Accepted.class);
    assertThat(record().executions()).hasSize(1);
    assertRefused(declare(1L, true), FailoverErrors.EXECUTION_UNDER_WAY);
  }

  @Test
  void givenUpLeaseSaysWhereItsLogEnded() {
    quorum.writable();

    quorum.apply(
        new ReleaseLease(
            LEDGER,
            EAST,
            new Epoch(1),
            "switchover",
            at(1, 130, START.plusSeconds(2)),
            START.plusSeconds(2),
            EAST_MEMBER));

    assertThat(record().writer().givenUp()).isTrue();
    assertThat(record().writer().stoppedAtKnownPosition()).isTrue();
    assertThat(record().writer().writableUntil()).isEqualTo(START.plusSeconds(2));
    assertThat(route().writer()).isNull();
  }

  @Test
  void divergentTailMakesTheLossExact() {
    moved();
    Divergence tail = new Divergence("0/96", "0/C8", 50, 2L);

    quorum.apply(new ReportRegion(LEDGER, EAST, START, tail, START.plusSeconds(60), EAST_MEMBER));

    assertThat(execution().loss()).isEqualTo(new LossBound(Duration.ofSeconds(5), 50, true));
    assertThat(types()).contains(EventTypes.REGION_FENCED, EventTypes.DIVERGENCE_FOUND);
    assertThat(route().regions().getFirst().state()).isEqualTo("fenced");
  }

  @Test
  void tailWithoutCommitsLostNobodyAnything() {
    moved();

    quorum.apply(
        new ReportRegion(
            LEDGER, EAST, START, new Divergence("0/96", "0/C8", 50, 0L), START, EAST_MEMBER));

    assertThat(execution().loss()).isEqualTo(new LossBound(Duration.ZERO, 50, true));
  }

  @Test
  void refusalIsToldOnceWhileItHolds() {
    quorum.writable();
    for (int i = 0; i < 3; i++) {
      quorum.apply(
          new RecordRefusal(
              LEDGER, "loss-beyond-objective", Map.of("n", "" + i), START, WEST_MEMBER));
    }

    assertThat(types().stream().filter(EventTypes.EXECUTION_REFUSED::equals)).hasSize(1);
  }

  @Test
  void routingRevisionRisesOnlyWithAChange() {
    quorum.writable();
    long revision = quorum.state().routes().revision();

    quorum.renew(EAST, new Epoch(1), at(1, 200, START.plusSeconds(1)));

    assertThat(quorum.state().routes().revision()).isEqualTo(revision);
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    assertThat(quorum.state().routes().revision()).isEqualTo(quorum.state().index());
  }

  @Test
  void eventsHaveIdsOfTheirOwn() {
    moved();

    List<String> ids = quorum.state().events().stream().map(DomainEvent::id).toList();
    assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
  }

  private void moved() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    quorum.fence();
    quorum.promoted();
    quorum.verified();
  }

  private ControlOutcome declare(@Nullable Long expected, boolean changed) {
    return quorum.apply(
        new Declare(
            LEDGER,
            changed ? ledger(FailoverMode.MANUAL, true) : ledger(),
            expected,
            "olga",
            START,
            EAST_MEMBER));
  }

  private ControlOutcome take(RegionId region, long timeline, long revision) {
    return quorum.apply(
        new TakeLease(LEDGER, region, at(timeline, 100, START), revision, START, EAST_MEMBER));
  }

  private ControlOutcome acknowledge() {
    return quorum.apply(new Acknowledge(LEDGER, EXECUTION, "paul", START.plusSeconds(5), WITNESS));
  }

  private ApplicationRecord record() {
    return quorum.state().application(LEDGER).orElseThrow();
  }

  private ExecutionRecord execution() {
    return record().execution(EXECUTION).orElseThrow();
  }

  private ApplicationRoute route() {
    return quorum.state().routes().routes().getFirst();
  }

  private List<String> types() {
    return quorum.state().events().stream().map(DomainEvent::type).toList();
  }

  private static void assertRefused(ControlOutcome outcome, ErrorCode code) {
    assertThat(outcome).isInstanceOf(ControlOutcome.Refused.class);
    assertThat(((ControlOutcome.Refused) outcome).code()).isEqualTo(code);
  }
}
