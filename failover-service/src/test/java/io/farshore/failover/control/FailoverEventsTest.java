package io.farshore.failover.control;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EAST_MEMBER;
import static io.farshore.failover.Fixtures.EXECUTION;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.ledger;
import static io.farshore.failover.Fixtures.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.Fixtures;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.control.ControlCommand.Begin;
import io.farshore.failover.control.ControlCommand.CompletePromotion;
import io.farshore.failover.control.ControlCommand.FailStep;
import io.farshore.failover.control.ControlCommand.Fence;
import io.farshore.failover.control.ControlCommand.RecordRefusal;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.control.ControlCommand.RetryStep;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionDecider;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.execution.NextAction;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.FailoverDecider;
import io.farshore.failover.plan.LeaseFacts;
import io.farshore.failover.plan.MoveVerdict.Proceed;
import io.farshore.failover.plan.MoveVerdict.Refuse;
import io.farshore.failover.plan.PositionHistory;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every event in every shape. What a step found is taken from whoever decides it, not made up here;
 * only what a guard answers is.
 */
class FailoverEventsTest {
  private final List<DomainEvent> told = new ArrayList<>();

  @Test
  void theEventsHaveTheFieldsThatAreDocumentedAndNoOther() {
    failedOver();
    switchedOver();
    failedOverAtAnUnknownLoss();
    refused();
    givenUp();
    givenUpBeforeAnyoneBeganTheStep();

    List<PublishedEvent> published =
        told.stream()
            .map(event -> new PublishedEvent(event.type(), event.subject(), event.data()))
            .toList();
    assertThat(EventDocument.ofRepository().differences("io.farshore.failover.", published))
        .isEmpty();
  }

  @Test
  void stepThatNobodyBeganNamesNoExecutor() {
    givenUpBeforeAnyoneBeganTheStep();

    assertThat(told)
        .filteredOn(event -> event.type().equals(EventTypes.STEP_FAILED))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.data())
                    .doesNotContainKey("executor")
                    .containsEntry("attempts", 0L));
  }

  private void failedOver() {
    Fixtures quorum = new Fixtures().writable();
    Given given = new Given();
    begin(quorum, (Proceed) FailoverDecider.automatic(given.situation()), Set.of());
    decided(quorum, given);
    promoted(quorum);
    quorum.verified();
    for (Long transactions : new Long[] {null, 2L}) {
      Divergence tail = new Divergence("0/96", "0/C8", 50, transactions);
      quorum.apply(new ReportRegion(LEDGER, EAST, START, tail, START, EAST_MEMBER));
    }
    told.addAll(quorum.state().events());
  }

  private void switchedOver() {
    Fixtures quorum = new Fixtures().writable();
    Given given = new Given();
    given.east = RegionVerdict.UP;
    given.ended = false;
    given.sinceRenewal = Duration.ZERO;
    begin(
        quorum,
        (Proceed) FailoverDecider.requested(given.situation(), WEST, "now", false),
        Set.of(StepName.VERIFY));
    quorum.apply(
        new ReleaseLease(
            LEDGER, EAST, new Epoch(1), "asked", at(1, 130, START), START, EAST_MEMBER));
    given.holder = null;
    given.ended = true;
    given.givenUp = true;
    decided(quorum, given);
    promoted(quorum);
    quorum.apply(new Acknowledge(LEDGER, EXECUTION, "paul", START, WITNESS));
    quorum.apply(new RetryStep(LEDGER, EXECUTION, StepName.VERIFY, START, WITNESS));
    quorum.verified();
    told.addAll(quorum.state().events());
  }

  private void failedOverAtAnUnknownLoss() {
    Fixtures quorum = failover();
    fence(quorum, null, Map.of());
    promoted(quorum);
    quorum.verified();
    told.addAll(quorum.state().events());
  }

  private void refused() {
    Given often = new Given();
    often.recentAutomatic = FailoverDecider.AUTOMATIC_MAX;
    Given unfenced = new Given();
    unfenced.east = RegionVerdict.SUSPECT;
    unfenced.controlDown = true;
    unfenced.commitGate = false;
    Given alone = new Given();
    alone.heard = false;
    Given unknown = new Given();
    unknown.history = PositionHistory.NONE;
    Given far = new Given();
    far.received = 10;
    for (Given given : List.of(often, unfenced, alone, unknown, far)) {
      Fixtures quorum = new Fixtures().writable();
      Refuse refuse = (Refuse) FailoverDecider.automatic(given.situation());
      quorum.apply(
          new RecordRefusal(LEDGER, refuse.code().value(), refuse.context(), START, WITNESS));
      told.addAll(quorum.state().events());
    }
  }

  private void givenUp() {
    Given late = new Given();
    late.inStep = Duration.ofSeconds(21);
    Given back = new Given();
    back.east = RegionVerdict.UP;
    back.ended = false;
    back.sinceRenewal = Duration.ZERO;
    back.inStep = Duration.ofSeconds(6);
    Given far = new Given();
    far.received = 10;
    for (Given given : List.of(late, back, far)) {
      Fixtures quorum = failover();
      decided(quorum, given);
      told.addAll(quorum.state().events());
    }

    Fixtures exhausted = failover();
    while (execution(exhausted).step(StepName.FENCE).attempts() < 10) {
      exhausted.apply(new RetryStep(LEDGER, EXECUTION, StepName.FENCE, START, WITNESS));
    }
    Given failing = new Given();
    failing.sinceFailure = Duration.ofSeconds(2);
    decided(exhausted, failing);
    told.addAll(exhausted.state().events());

    Fixtures leaseless = failover();
    fence(leaseless, LossBound.NONE, Map.of());
    decided(leaseless, new Given());
    told.addAll(leaseless.state().events());
  }

  private void givenUpBeforeAnyoneBeganTheStep() {
    Fixtures quorum = new Fixtures().writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of(StepName.FENCE));
    quorum.apply(new Acknowledge(LEDGER, EXECUTION, "paul", START, WITNESS));
    Given late = new Given();
    late.inStep = Duration.ofSeconds(21);
    decided(quorum, late);
    told.addAll(quorum.state().events());
  }

  private static Fixtures failover() {
    Fixtures quorum = new Fixtures().writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    return quorum;
  }

  private static void begin(Fixtures quorum, Proceed proceed, Set<StepName> holdBefore) {
    quorum.apply(
        new Begin(
            Fixtures.request(proceed.kind(), holdBefore), proceed.evidence(), WITNESS, WITNESS));
  }

  /** Journals what the executor would do next. */
  private static void decided(Fixtures quorum, Given given) {
    NextAction next =
        ExecutionDecider.decide(execution(quorum), given.situation(), given.progress());
    if (next instanceof NextAction.GrantTarget grant) {
      fence(quorum, grant.loss(), grant.detail());
    } else if (next instanceof NextAction.GiveUp up) {
      quorum.apply(
          new FailStep(
              LEDGER, EXECUTION, up.step(), up.code().value(), up.detail(), START, WITNESS));
    } else {
      throw new AssertionError("nothing to journal: " + next);
    }
  }

  private static void fence(Fixtures quorum, @Nullable LossBound loss, Map<String, String> detail) {
    long revision = quorum.state().lease(LEDGER).revision();
    quorum.apply(new Fence(LEDGER, EXECUTION, revision, loss, detail, START, WITNESS));
  }

  /** As the target's guard answers; that it does is proven with real databases. */
  private static void promoted(Fixtures quorum) {
    quorum.apply(
        new CompletePromotion(
            LEDGER,
            EXECUTION,
            new Fork(new Timeline(1), new Lsn(150), new Timeline(2)),
            at(2, 160, START),
            Map.of("timeline", "2", "forkLsn", "0/96"),
            START,
            WITNESS));
  }

  private static ExecutionRecord execution(Fixtures quorum) {
    return quorum
        .state()
        .application(LEDGER)
        .flatMap(record -> record.execution(EXECUTION))
        .orElseThrow();
  }

  /** A lost region whose lease has ended, changed by each story in what matters to it. */
  private static final class Given {
    private RegionVerdict east = RegionVerdict.DOWN;
    private boolean controlDown;
    private boolean commitGate = true;
    private @Nullable RegionId holder = EAST;
    private boolean ended = true;
    private boolean givenUp;
    private Duration sinceRenewal = Duration.ofSeconds(6);
    private PositionHistory history = PositionHistory.NONE;
    private long received = 100;
    private boolean heard = true;
    private int recentAutomatic;
    private Duration inStep = Duration.ZERO;
    private @Nullable Duration sinceFailure;

    private Given() {
      for (int second = 0; second <= 100; second++) {
        history = history.plus(at(1, second, START.plusSeconds(second)));
      }
    }

    private Situation situation() {
      return new Situation(
          ledger(FailoverMode.AUTOMATIC, commitGate),
          new LeaseFacts(
              holder,
              EAST,
              new Epoch(1),
              ended,
              givenUp,
              givenUp,
              sinceRenewal,
              START.plusSeconds(105),
              history),
          Map.of(EAST, new RegionFinding(EAST, east, "seen", controlDown, false, START)),
          Optional.of(new DatabaseReport(WEST, LEDGER, DatabaseRole.REPLICA, position(1, received)))
              .filter(report -> heard)
              .map(report -> Map.of(WEST, report))
              .orElse(Map.of()),
          false,
          recentAutomatic);
    }

    private ExecutionDecider.Progress progress() {
      return new ExecutionDecider.Progress(
          WITNESS,
          inStep,
          false,
          sinceFailure,
          new ExecutionDecider.LeaseRevision(1, Duration.ZERO));
    }
  }
}
