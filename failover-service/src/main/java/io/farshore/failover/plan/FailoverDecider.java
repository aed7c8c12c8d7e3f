package io.farshore.failover.plan;

import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.plan.CandidateDecider.Choice;
import io.farshore.failover.plan.MoveVerdict.Proceed;
import io.farshore.failover.plan.MoveVerdict.Refuse;
import io.farshore.failover.plan.MoveVerdict.Wait;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an application moves. Pure and total: from a situation to a verdict. A region is
 * left by itself only when two things agree that do not depend on each other: a majority of
 * observers cannot reach it, and its lease is not renewed.
 */
public final class FailoverDecider {
  /**
   * Automatic failovers that may begin within {@link #AUTOMATIC_WINDOW} before a person is asked.
   */
  public static final int AUTOMATIC_MAX = 3;

  public static final Duration AUTOMATIC_WINDOW = Duration.ofMinutes(10);

  /** Renewals that must be missing before a lease counts as not being renewed. */
  static final int RENEWALS_MISSED = 2;

  private FailoverDecider() {}

  /** What the quorum does by itself. */
  public static MoveVerdict automatic(Situation situation) {
    RegionId writer = situation.lease().lastWriter();
    if (situation.application().policy().mode() == FailoverMode.MANUAL) {
      return new Wait("failover is manual");
    }
    if (situation.executionUnderWay()) {
      return new Wait("already moving");
    }
    if (writer == null) {
      return new Wait("nobody was ever granted the lease");
    }
    MoveVerdict verdict = writerLost(situation, situation.finding(writer));
    if (!(verdict instanceof Proceed lost)) {
      return verdict;
    }
    if (situation.recentAutomatic() >= AUTOMATIC_MAX) {
      return new Refuse(
          FailoverErrors.TOO_MANY_FAILOVERS,
          Map.of(
              "begun", Integer.toString(situation.recentAutomatic()),
              "within", AUTOMATIC_WINDOW.toString()));
    }
    return move(situation, writer, null, ExecutionKind.FAILOVER, lost.reason(), false);
  }

  /**
   * What a person asked for.
   *
   * @param target where to; absent: the best candidate
   * @param acceptLoss whether a loss beyond the objective was accepted
   */
  public static MoveVerdict requested(
      Situation situation, @Nullable RegionId target, String reason, boolean acceptLoss) {
    RegionId writer = situation.lease().lastWriter();
    if (situation.executionUnderWay()) {
      return new Refuse(FailoverErrors.EXECUTION_UNDER_WAY, Map.of());
    }
    if (writer == null) {
      return new Refuse(FailoverErrors.NEVER_WRITABLE, Map.of());
    }
    if (target != null && !situation.application().regions().contains(target)) {
      return new Refuse(FailoverErrors.NOT_A_REGION, Map.of("region", target.value()));
    }
    if (writer.equals(target)) {
      return new Refuse(FailoverErrors.ALREADY_THERE, Map.of("region", writer.value()));
    }
    // A switchover needs the old primary's last word; without its database there is none.
    boolean alive =
        situation.lease().holder() != null
            && !situation.lease().surelyEnded()
            && renewed(situation)
            && !situation.finding(writer).databaseDown();
    return move(
        situation,
        writer,
        target,
        alive ? ExecutionKind.SWITCHOVER : ExecutionKind.FAILOVER,
        reason,
        acceptLoss);
  }

  private static MoveVerdict writerLost(Situation situation, RegionFinding finding) {
    LeaseFacts lease = situation.lease();
    RegionId writer = finding.region();
    if (!lease.surelyEnded() && renewed(situation)) {
      return new Wait("the lease is being renewed");
    }
    if (finding.verdict() == RegionVerdict.DOWN) {
      return lost(writer, finding.reason());
    }
    if (!lease.surelyEnded()) {
      return new Wait("the lease has not ended, and the region is not down");
    }
    if (lease.givenUp() && finding.databaseDown()) {
      return lost(writer, "its guard gave the lease up, and a majority cannot reach its database");
    }
    if (finding.controlDown()) {
      return situation.application().policy().commitGate()
          ? lost(writer, "its guard is down, so the commit gate holds every commit")
          : new Refuse(
              FailoverErrors.OLD_PRIMARY_NOT_FENCED,
              Map.of("region", writer.value(), "why", "its guard is down, its database answers"));
    }
    return new Wait("the region may take its lease again");
  }

  private static Proceed lost(RegionId writer, String reason) {
    return new Proceed(ExecutionKind.FAILOVER, writer, writer, reason, Map.of());
  }

  private static MoveVerdict move(
      Situation situation,
      RegionId from,
      @Nullable RegionId target,
      ExecutionKind kind,
      String reason,
      boolean acceptLoss) {
    return switch (CandidateDecider.choose(situation, target)) {
      case Choice.None(var code, var context) -> new Refuse(code, context);
      case Choice.Candidate(var to, var loss) -> {
        Optional<Refuse> objection =
            // A switchover waits until nothing can be lost, whatever the lag is now.
            acceptLoss || kind == ExecutionKind.SWITCHOVER
                ? Optional.empty()
                : CandidateDecider.objection(situation, loss);
        if (objection.isPresent()) {
          yield objection.get();
        }
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("observers", situation.finding(from).reason());
        evidence.put("sinceRenewal", situation.lease().sinceRenewal().toString());
        if (loss != null && kind == ExecutionKind.FAILOVER) {
          evidence.put("lossDurationMax", loss.duration().toString());
          evidence.put("lossBytesMax", Long.toString(loss.bytes()));
        }
        yield new Proceed(kind, from, to, reason, evidence);
      }
    };
  }

  private static boolean renewed(Situation situation) {
    Duration missing =
        situation.application().policy().renewInterval().multipliedBy(RENEWALS_MISSED);
    return situation.lease().sinceRenewal().compareTo(missing) <= 0;
  }
}
