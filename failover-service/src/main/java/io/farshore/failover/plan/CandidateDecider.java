package io.farshore.failover.plan;

import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.LossBound;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses where to go, and says what it would cost. Pure. */
public final class CandidateDecider {
  private CandidateDecider() {}

  /** The outcome. */
  public sealed interface Choice {
    /**
     * Somewhere to go.
     *
     * @param region where
     * @param loss at most; absent if it cannot be bounded
     */
    record Candidate(RegionId region, @Nullable LossBound loss) implements Choice {}

    /** Nowhere to go. */
    record None(ErrorCode code, Map<String, String> context) implements Choice {}
  }

  /**
   * The region whose replica is furthest along the last writer's history, in doubt the one that was
   * declared first.
   *
   * @param wanted consider only this region; absent: all but the last writer
   */
  public static Choice choose(Situation situation, @Nullable RegionId wanted) {
    Map<String, String> passedOver = new TreeMap<>();
    List<DatabaseReport> fit =
        situation.application().regions().stream()
            .filter(region -> !region.equals(situation.lease().lastWriter()))
            .filter(region -> wanted == null || wanted.equals(region))
            .flatMap(region -> fit(situation, region, passedOver).stream())
            .toList();
    Optional<DatabaseReport> best = fit.stream().max(Comparator.comparing(CandidateDecider::along));
    // max() answers the last of equals; the first declared is wanted.
    return best.flatMap(
            furthest -> fit.stream().filter(one -> along(one).equals(along(furthest))).findFirst())
        .<Choice>map(
            report -> new Choice.Candidate(report.region(), loss(situation, report).orElse(null)))
        .orElseGet(() -> new Choice.None(FailoverErrors.NO_CANDIDATE, passedOver));
  }

  /**
   * Whether a loss may be taken without asking a person.
   *
   * @return nothing to object to, or why a person has to decide
   */
  public static Optional<MoveVerdict.Refuse> objection(
      Situation situation, @Nullable LossBound loss) {
    if (loss == null) {
      return Optional.of(new MoveVerdict.Refuse(FailoverErrors.LOSS_UNKNOWN, Map.of()));
    }
    var objective = situation.application().objectives().recoveryPoint();
    return loss.duration().compareTo(objective) > 0
        ? Optional.of(
            new MoveVerdict.Refuse(
                FailoverErrors.LOSS_BEYOND_OBJECTIVE,
                Map.of(
                    "lossDurationMax", loss.duration().toString(),
                    "lossBytesMax", Long.toString(loss.bytes()),
                    "recoveryPointObjective", objective.toString())))
        : Optional.empty();
  }

  private static Optional<DatabaseReport> fit(
      Situation situation, RegionId region, Map<String, String> passedOver) {
    DatabaseReport report = situation.databases().get(region);
    ReplicationPosition position = report == null ? null : report.position();
    Optional<Timeline> timeline = situation.lease().history().timeline();
    String why;
    if (situation.finding(region).verdict() == RegionVerdict.DOWN) {
      why = "the region is down";
    } else if (report == null || position == null) {
      why = "its guard was not heard lately";
    } else if (report.role() != DatabaseRole.REPLICA) {
      why = "its database is " + report.role().word() + ", not a replica";
    } else if (timeline.isPresent() && !timeline.get().equals(position.timeline())) {
      why = "its replica is on another timeline";
    } else {
      return Optional.of(report);
    }
    passedOver.put(region.value(), why);
    return Optional.empty();
  }

  private static Lsn along(DatabaseReport report) {
    ReplicationPosition position = report.position();
    return position == null ? Lsn.ZERO : position.lsn();
  }

  private static Optional<LossBound> loss(Situation situation, DatabaseReport report) {
    Instant writableUntil = situation.lease().writableUntil();
    ReplicationPosition position = report.position();
    return writableUntil == null || position == null
        ? Optional.empty()
        : LossEstimator.bound(situation.lease().history(), position, writableUntil);
  }
}
