package io.farshore.failover.plan;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.ledger;
import static io.farshore.failover.Fixtures.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.plan.MoveVerdict.Proceed;
import io.farshore.failover.plan.MoveVerdict.Refuse;
import io.farshore.failover.plan.MoveVerdict.Wait;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailoverDeciderTest {
  private static final Duration LONG_AGO = Duration.ofSeconds(6);

  @Test
  void lostRegionIsLeft() {
    MoveVerdict verdict = FailoverDecider.automatic(new Given().lost().build());

    assertThat(verdict).isInstanceOf(Proceed.class);
    Proceed proceed = (Proceed) verdict;
    assertThat(proceed.kind()).isEqualTo(ExecutionKind.FAILOVER);
    assertThat(proceed.from()).isEqualTo(EAST);
    assertThat(proceed.to()).isEqualTo(WEST);
  }

  @Test
  void moveBeginsWhileTheLeaseStillRunsOut() {
    Given given = new Given().lost();
    given.ended = false;
    given.sinceRenewal = Duration.ofSeconds(3);

    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Proceed.class);
  }

  @Test
  void regionThatRenewsIsNotLeftWhateverObserversSay() {
    Given given = new Given().lost();
    given.ended = false;
    given.sinceRenewal = Duration.ofMillis(500);

    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Wait.class);
  }

  @Test
  void suspectRegionMayTakeItsLeaseAgain() {
    Given given = new Given().lost();
    given.east = RegionVerdict.SUSPECT;

    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Wait.class);
  }

  @Test
  void deadGuardBehindACommitGateIsLeft() {
    Given given = new Given().lost();
    given.east = RegionVerdict.SUSPECT;
    given.controlDown = true;

    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Proceed.class);
  }

  @Test
  void deadGuardWithoutACommitGateNeedsAPerson() {
    Given given = new Given().lost();
    given.east = RegionVerdict.SUSPECT;
    given.controlDown = true;
    given.application = ledger(FailoverMode.AUTOMATIC, false);

    assertRefused(FailoverDecider.automatic(given.build()), FailoverErrors.OLD_PRIMARY_NOT_FENCED);
  }

  @Test
  void deadDatabaseOfALivingRegionIsLeftOnlyIfOthersSeeItToo() {
    Given given = new Given().lost();
    given.east = RegionVerdict.SUSPECT;
    given.givenUp = true;
    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Wait.class);

    given.databaseDown = true;
    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Proceed.class);
  }

  @Test
  void manualModeNeverMovesByItself() {
    Given given = new Given().lost();
    given.application = ledger(FailoverMode.MANUAL, true);

    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Wait.class);
    assertThat(FailoverDecider.requested(given.build(), null, "now", false))
        .isInstanceOf(Proceed.class);
  }

  @Test
  void candidateBeyondTheObjectiveNeedsAPerson() {
    Given given = new Given().lost();
    given.received = 10; // as far as the primary was 90 s ago

    assertRefused(FailoverDecider.automatic(given.build()), FailoverErrors.LOSS_BEYOND_OBJECTIVE);
    assertRefused(
        FailoverDecider.requested(given.build(), null, "now", false),
        FailoverErrors.LOSS_BEYOND_OBJECTIVE);
    assertThat(FailoverDecider.requested(given.build(), null, "now", true))
        .isInstanceOf(Proceed.class);
  }

  @Test
  void candidateMustBeAReplicaOnTheSameTimelineHeardLately() {
    Given other = new Given().lost();
    other.timeline = 2;
    Given primary = new Given().lost();
    primary.role = DatabaseRole.FENCED;
    Given silent = new Given().lost();
    silent.heard = false;
    Given down = new Given().lost();
    down.west = RegionVerdict.DOWN;

    for (Given given : new Given[] {other, primary, silent, down}) {
      assertRefused(FailoverDecider.automatic(given.build()), FailoverErrors.NO_CANDIDATE);
    }
  }

  @Test
  void thirdMoveInTenMinutesIsTheLastWithoutAPerson() {
    Given given = new Given().lost();
    given.recent = 2;
    assertThat(FailoverDecider.automatic(given.build())).isInstanceOf(Proceed.class);

    given.recent = 3;
    assertRefused(FailoverDecider.automatic(given.build()), FailoverErrors.TOO_MANY_FAILOVERS);
  }

  @Test
  void primaryWithoutItsDatabaseIsFailedOverEvenWhileItsGuardHoldsTheLease() {
    Given given = new Given();
    given.databaseDown = true;

    MoveVerdict verdict = FailoverDecider.requested(given.build(), WEST, "now", true);

    assertThat(((Proceed) verdict).kind()).isEqualTo(ExecutionKind.FAILOVER);
  }

  @Test
  void healthyPrimaryIsSwitchedOver() {
    MoveVerdict verdict = FailoverDecider.requested(new Given().build(), WEST, "now", false);

    assertThat(((Proceed) verdict).kind()).isEqualTo(ExecutionKind.SWITCHOVER);
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() {
    Situation situation = new Given().build();
    Given moving = new Given();
    moving.moving = true;
    Given fresh = new Given();
    fresh.writer = null;

    assertRefused(
        FailoverDecider.requested(situation, EAST, "now", false), FailoverErrors.ALREADY_THERE);
    assertRefused(
        FailoverDecider.requested(situation, new RegionId("mars"), "now", false),
        FailoverErrors.NOT_A_REGION);
    assertRefused(
        FailoverDecider.requested(moving.build(), WEST, "now", false),
        FailoverErrors.EXECUTION_UNDER_WAY);
    assertRefused(
        FailoverDecider.requested(fresh.build(), WEST, "now", false),
        FailoverErrors.NEVER_WRITABLE);
  }

  private static void assertRefused(MoveVerdict verdict, ErrorCode code) {
    assertThat(verdict).isInstanceOf(Refuse.class);
    assertThat(((Refuse) verdict).code()).isEqualTo(code);
  }

  /** A healthy application, changed by each test in what matters to it. */
  private static final class Given {
    private ProtectedApplication application = ledger();
    private RegionVerdict east = RegionVerdict.UP;
    private RegionVerdict west = RegionVerdict.UP;
    private boolean controlDown;
    private boolean databaseDown;
    private boolean ended;
    private boolean givenUp;
    private Duration sinceRenewal = Duration.ofMillis(500);
    private @Nullable RegionId writer = EAST;
    private DatabaseRole role = DatabaseRole.REPLICA;
    private long timeline = 1;
    private long received = 100;
    private boolean heard = true;
    private boolean moving;
    private int recent;

    private Given lost() {
      east = RegionVerdict.DOWN;
      ended = true;
      sinceRenewal = LONG_AGO;
      return this;
    }

    private Situation build() {
      PositionHistory history = PositionHistory.NONE;
      for (int second = 0; second <= 100; second++) {
        history = history.plus(at(1, second, START.plusSeconds(second)));
      }
      Map<RegionId, DatabaseReport> databases = new HashMap<>();
      if (heard) {
        databases.put(WEST, new DatabaseReport(WEST, LEDGER, role, position(timeline, received)));
      }
      return new Situation(
          application,
          new LeaseFacts(
              writer,
              writer,
              new Epoch(1),
              ended,
              givenUp,
              false,
              sinceRenewal,
              START.plusSeconds(105),
              history),
          Map.of(
              EAST, new RegionFinding(EAST, east, "", controlDown, databaseDown, START),
              WEST, new RegionFinding(WEST, west, "", false, false, START)),
          databases,
          moving,
          recent);
    }
  }
}
