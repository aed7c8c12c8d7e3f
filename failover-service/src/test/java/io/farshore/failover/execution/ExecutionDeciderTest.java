package io.farshore.failover.execution;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EAST_MEMBER;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.WEST_MEMBER;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.ledger;
import static io.farshore.failover.Fixtures.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.Fixtures;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionDecider.LeaseRevision;
import io.farshore.failover.execution.ExecutionDecider.Progress;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.LeaseFacts;
import io.farshore.failover.plan.PositionHistory;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutionDeciderTest {
  private final Fixtures quorum = new Fixtures().writable();

  @Test
  void failoverWaitsUntilTheLeaseHasSurelyEnded() {
    begin(ExecutionKind.FAILOVER);
    Given given = new Given();
    given.ended = false;

    assertThat(decide(given)).isInstanceOf(NextAction.Rest.class);
  }

  @Test
  void endedLeaseIsGrantedToTheTargetWithTheLossBounded() {
    begin(ExecutionKind.FAILOVER);

    assertThat(decide(new Given()))
        .isInstanceOfSatisfying(
            NextAction.GrantTarget.class,
            grant -> {
              LossBound loss = Optional.ofNullable(grant.loss()).orElseThrow();
              assertThat(loss.duration()).isEqualTo(Duration.ofSeconds(5));
              assertThat(grant.expectedRevision()).isEqualTo(7);
            });
  }

  @Test
  void lossThatGrewBeyondTheObjectiveIsNotTaken() {
    begin(ExecutionKind.FAILOVER);
    Given given = new Given();
    given.writableUntil = Duration.ofSeconds(100);

    assertThat(decide(given))
        .isInstanceOfSatisfying(
            NextAction.GiveUp.class,
            up -> assertThat(up.code()).isEqualTo(FailoverErrors.LOSS_BEYOND_OBJECTIVE));
  }

  @Test
  void switchoverAsksTheHolderToGiveTheLeaseUpAndThenLosesNothing() {
    begin(ExecutionKind.SWITCHOVER);
    Given given = new Given();
    given.east = RegionVerdict.UP;
    given.ended = false;
    assertThat(decide(given)).isEqualTo(new NextAction.AskToYield(EAST, new Epoch(1)));

    given.holder = null;
    given.ended = true;
    given.givenUp = true;
    assertThat(decide(given))
        .isInstanceOfSatisfying(
            NextAction.GrantTarget.class,
            grant -> assertThat(grant.loss()).isEqualTo(LossBound.NONE));
  }

  @Test
  void regionThatCameBackKeepsItsApplication() {
    begin(ExecutionKind.FAILOVER);
    Given given = new Given();
    given.east = RegionVerdict.UP;
    given.ended = false;
    given.sinceRenewal = Duration.ofMillis(500);
    given.inStep = Duration.ofSeconds(6);

    assertThat(decide(given))
        .isInstanceOfSatisfying(
            NextAction.GiveUp.class,
            up -> assertThat(up.code()).isEqualTo(FailoverErrors.REGION_CAME_BACK));
  }

  @Test
  void anotherExecutorSaysSoBeforeItActs() {
    begin(ExecutionKind.FAILOVER);
    Given given = new Given();
    given.self = WEST_MEMBER;

    assertThat(decide(given)).isEqualTo(new NextAction.TakeOver(StepName.FENCE));
  }

  @Test
  void whoeverLeadsTakesTheStepThatAnotherMemberWasAskedFor() {
    quorum.apply(
        new ControlCommand.Begin(
            Fixtures.request(ExecutionKind.SWITCHOVER, Set.of()), Map.of(), EAST_MEMBER, null));
    assertThat(execution().step(StepName.FENCE).attempts()).isZero();
    assertThat(decide(new Given())).isEqualTo(new NextAction.TakeOver(StepName.FENCE));

    quorum.apply(
        new ControlCommand.RetryStep(LEDGER, Fixtures.EXECUTION, StepName.FENCE, START, WITNESS));

    assertThat(execution().step(StepName.FENCE).attempts()).isEqualTo(1);
    assertThat(decide(new Given())).isNotInstanceOf(NextAction.TakeOver.class);
  }

  @Test
  void failedAttemptIsRepeatedAfterAPauseAndNotForEver() {
    begin(ExecutionKind.FAILOVER);
    quorum.fence();
    Given given = new Given().promoting();
    given.sinceFailure = Duration.ofMillis(500);
    assertThat(decide(given)).isInstanceOf(NextAction.Rest.class);

    given.sinceFailure = Duration.ofSeconds(2);
    assertThat(decide(given)).isEqualTo(new NextAction.TakeOver(StepName.PROMOTE));

    for (int attempt = 1; attempt < 10; attempt++) {
      quorum.apply(
          new ControlCommand.RetryStep(
              LEDGER, Fixtures.EXECUTION, StepName.PROMOTE, START, WITNESS));
    }
    assertThat(decide(given))
        .isInstanceOfSatisfying(
            NextAction.GiveUp.class,
            up -> assertThat(up.code()).isEqualTo(FailoverErrors.ATTEMPTS_EXHAUSTED));
  }

  @Test
  void stepBeyondItsBudgetIsGivenUp() {
    begin(ExecutionKind.FAILOVER);
    Given given = new Given();
    given.inStep = Duration.ofSeconds(21);

    assertThat(decide(given))
        .isInstanceOfSatisfying(
            NextAction.GiveUp.class,
            up -> assertThat(up.code()).isEqualTo(FailoverErrors.BUDGET_EXCEEDED));
  }

  @Test
  void promotionCarriesTheTokenThatWasGranted() {
    begin(ExecutionKind.FAILOVER);
    quorum.fence();

    assertThat(decide(new Given().promoting()))
        .isEqualTo(new NextAction.PromoteTarget(new FencingToken(WEST, new Epoch(2)), null));
  }

  @Test
  void targetThatGaveItsLeaseUpIsNotPromoted() {
    begin(ExecutionKind.FAILOVER);
    quorum.fence();

    assertThat(decide(new Given()))
        .isInstanceOfSatisfying(
            NextAction.GiveUp.class,
            up -> assertThat(up.code()).isEqualTo(FailoverErrors.LEASE_NOT_AVAILABLE));
  }

  @Test
  void promotedTargetIsVerified() {
    begin(ExecutionKind.FAILOVER);
    quorum.fence();
    quorum.promoted();

    assertThat(decide(new Given().promoting()))
        .isEqualTo(new NextAction.VerifyTarget(new FencingToken(WEST, new Epoch(2))));
  }

  @Test
  void heldExecutionRests() {
    quorum.begin(ExecutionKind.FAILOVER, Set.of(StepName.FENCE));

    assertThat(decide(new Given())).isInstanceOf(NextAction.Rest.class);
  }

  private void begin(ExecutionKind kind) {
    quorum.begin(kind, Set.of());
  }

  private ExecutionRecord execution() {
    return quorum
        .state()
        .application(LEDGER)
        .orElseThrow()
        .execution(Fixtures.EXECUTION)
        .orElseThrow();
  }

  private NextAction decide(Given given) {
    return ExecutionDecider.decide(
        execution(),
        given.build(),
        new Progress(
            given.self,
            given.inStep,
            false,
            given.sinceFailure,
            new LeaseRevision(7, Duration.ofSeconds(1))));
  }

  private static final class Given {
    private MemberId self = WITNESS;
    private RegionVerdict east = RegionVerdict.DOWN;
    private @Nullable RegionId holder = EAST;
    private Epoch epoch = new Epoch(1);
    private boolean ended = true;
    private boolean givenUp;
    private Duration sinceRenewal = Duration.ofSeconds(5);
    private Duration writableUntil = Duration.ofSeconds(5);
    private Duration inStep = Duration.ofMillis(100);
    private @Nullable Duration sinceFailure;

    private Given promoting() {
      holder = WEST;
      epoch = new Epoch(2);
      ended = false;
      return this;
    }

    private Situation build() {
      return new Situation(
          ledger(),
          new LeaseFacts(
              holder,
              EAST,
              epoch,
              ended,
              givenUp,
              givenUp,
              sinceRenewal,
              START.plus(writableUntil),
              PositionHistory.NONE.plus(at(1, 100, START))),
          Map.of(EAST, new RegionFinding(EAST, east, "", false, false, START)),
          Map.of(WEST, new DatabaseReport(WEST, LEDGER, DatabaseRole.REPLICA, position(1, 100))),
          true,
          0);
    }
  }
}
