package io.farshore.failover.lease;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EXECUTION;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.Fixtures;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.HeldLease;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardDeciderTest {
  private static final MonotonicInstant NOW = new MonotonicInstant("clock", 0);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Fixtures quorum = new Fixtures();

  @Test
  void holderRenewsAndOpensTheGate() {
    quorum.writable();

    assertThat(decide(new Given().holding(4)))
        .containsExactlyInAnyOrder(GuardAction.RENEW, GuardAction.OPEN_GATE);
  }

  @Test
  void holderThatCannotRenewFencesBeforeTheEnd() {
    quorum.writable();

    assertThat(decide(new Given().holding(1)))
        .contains(GuardAction.FENCE, GuardAction.CLOSE_GATE)
        .doesNotContain(GuardAction.OPEN_GATE);
  }

  @Test
  void holderThatRenewedAgainUnfences() {
    quorum.writable();

    assertThat(decide(new Given().holding(4).role(DatabaseRole.FENCED)))
        .contains(GuardAction.UNFENCE, GuardAction.OPEN_GATE);
  }

  @Test
  void primaryWithoutTheLeaseIsFencedAtOnce() {
    quorum.writable();
    moved();
    Given old = new Given();

    assertThat(decide(old)).contains(GuardAction.FENCE, GuardAction.CLOSE_GATE);
    assertThat(decide(old.role(DatabaseRole.FENCED)))
        .doesNotContain(GuardAction.UNFENCE, GuardAction.TAKE, GuardAction.RENEW);
  }

  @Test
  void restartedGuardOfTheHolderHasALeaseOfPatienceBehindAGate() {
    quorum.writable();
    Given restarted = new Given();
    restarted.sinceEpochSeen = Duration.ofSeconds(3);
    assertThat(decide(restarted)).contains(GuardAction.RENEW).doesNotContain(GuardAction.FENCE);

    restarted.sinceEpochSeen = Duration.ofSeconds(6);
    assertThat(decide(restarted)).contains(GuardAction.FENCE);
  }

  @Test
  void withoutAGateARestartedGuardFencesAfterTheMargin() {
    quorum.apply(
        new Declare(
            LEDGER,
            Fixtures.ledger(FailoverMode.AUTOMATIC, false),
            null,
            "olga",
            START,
            Fixtures.EAST_MEMBER));
    quorum.apply(
        new ControlCommand.TakeLease(
            LEDGER, EAST, Fixtures.at(1, 100, START), 0, START, Fixtures.EAST_MEMBER));
    Given restarted = new Given();
    restarted.sinceEpochSeen = Duration.ofSeconds(2);

    assertThat(decide(restarted)).contains(GuardAction.FENCE);
  }

  @Test
  void applicationThatNeverHadALeaseIsLeftAlone() {
    quorum.declared();
    Given fresh = new Given();
    fresh.ended = true;

    assertThat(decide(fresh)).doesNotContain(GuardAction.FENCE);
  }

  @Test
  void homeTakesTheFirstLeaseOnlyWithAReplicaElsewhere() {
    quorum.declared();
    Given fresh = new Given();
    fresh.ended = true;
    assertThat(decide(fresh)).contains(GuardAction.TAKE);

    fresh.replicaHeard = false;
    assertThat(decide(fresh)).doesNotContain(GuardAction.TAKE);

    fresh.replicaHeard = true;
    fresh.primaryHeard = true;
    assertThat(decide(fresh)).doesNotContain(GuardAction.TAKE);

    Given elsewhere = new Given();
    elsewhere.region = WEST;
    elsewhere.ended = true;
    assertThat(decide(elsewhere)).doesNotContain(GuardAction.TAKE);
  }

  @Test
  void lastWriterTakesAnEndedLeaseAgainUnlessItsTimelineChangedOrTheApplicationMoves() {
    quorum.writable();
    Given returning = new Given();
    returning.ended = true;
    assertThat(decide(returning)).contains(GuardAction.TAKE);

    returning.timeline = 2;
    assertThat(decide(returning)).doesNotContain(GuardAction.TAKE);

    returning.timeline = 1;
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    assertThat(decide(returning)).doesNotContain(GuardAction.TAKE);
  }

  @Test
  void deadDatabaseGivesTheLeaseUp() {
    quorum.writable();
    Given dead = new Given().holding(4);
    dead.role = null;
    dead.unanswered = 2;
    assertThat(decide(dead)).contains(GuardAction.RENEW).doesNotContain(GuardAction.RELEASE);

    dead.unanswered = 3;
    assertThat(decide(dead))
        .contains(GuardAction.RELEASE, GuardAction.CLOSE_GATE)
        .doesNotContain(GuardAction.RENEW);
  }

  @Test
  void leaseThatWasBegunToBeGivenUpIsNeverRenewed() {
    quorum.writable();
    Given abandoned = new Given().holding(4);
    abandoned.abandoned = true;

    assertThat(decide(abandoned)).contains(GuardAction.RELEASE).doesNotContain(GuardAction.RENEW);
  }

  @Test
  void yieldingGuardFencesAndConfirmsNothing() {
    quorum.writable();
    Given yielding = new Given().holding(4);
    yielding.yielding = true;

    assertThat(decide(yielding))
        .containsExactlyInAnyOrder(GuardAction.FENCE, GuardAction.CLOSE_GATE);
  }

  @Test
  void targetRenewsWhileItsReplicaIsBeingPromoted() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    quorum.fence();
    Given target = new Given().role(DatabaseRole.REPLICA);
    target.region = WEST;
    assertThat(decide(target)).contains(GuardAction.RENEW).doesNotContain(GuardAction.RELEASE);

    quorum.apply(
        new ControlCommand.FailStep(
            LEDGER, EXECUTION, StepName.PROMOTE, "no", Map.of(), START, WITNESS));
    assertThat(decide(target)).contains(GuardAction.RELEASE).doesNotContain(GuardAction.RENEW);
  }

  @Test
  void targetKeepsItsLeaseWhileAPersonIsAskedBeforeThePromotion() {
    quorum.writable();
    quorum.begin(ExecutionKind.FAILOVER, Set.of(StepName.PROMOTE));
    quorum.fence();
    Given target = new Given().role(DatabaseRole.REPLICA);
    target.region = WEST;

    assertThat(decide(target)).contains(GuardAction.RENEW).doesNotContain(GuardAction.RELEASE);
  }

  private void moved() {
    quorum.begin(ExecutionKind.FAILOVER, Set.of());
    quorum.fence();
    quorum.promoted();
  }

  private Set<GuardAction> decide(Given given) {
    return GuardDecider.decide(
        new GuardView(
            given.region,
            quorum.state().application(LEDGER).orElseThrow(),
            quorum.state().lease(LEDGER),
            given.ended,
            given.held,
            given.abandoned,
            given.role == null
                ? null
                : new DatabaseReading(given.role, position(given.timeline, 100)),
            given.unanswered,
            given.replicaHeard,
            given.primaryHeard,
            given.yielding,
            NOW,
            given.sinceEpochSeen,
            MARGIN));
  }

  private static final class Given {
    private RegionId region = EAST;
    private boolean ended;
    private @Nullable HeldLease held;
    private boolean abandoned;
    private @Nullable DatabaseRole role = DatabaseRole.PRIMARY;
    private long timeline = 1;
    private int unanswered;
    private boolean replicaHeard = true;
    private boolean primaryHeard;
    private boolean yielding;
    private Duration sinceEpochSeen = Duration.ZERO;

    private Given holding(long seconds) {
      held = new HeldLease(LEDGER, EAST, new Epoch(1), NOW.plus(Duration.ofSeconds(seconds)));
      return this;
    }

    private Given role(DatabaseRole given) {
      role = given;
      return this;
    }
  }
}
