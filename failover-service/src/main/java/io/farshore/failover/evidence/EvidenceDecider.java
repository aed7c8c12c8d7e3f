package io.farshore.failover.evidence;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Weighs what the observers say. No verdict on one observer's word: a region is down only if a
 * majority of all members, heard lately, says so, and at least one of them sits outside it. An
 * observer that reaches no other member suspects itself and has no voice about others.
 */
public final class EvidenceDecider {
  private final Set<MemberId> members;

  /**
   * @param members every voter, heard or not; a majority is counted over these
   */
  public EvidenceDecider(Set<MemberId> members) {
    this.members = Set.copyOf(members);
  }

  /**
   * The verdict on a region.
   *
   * @param reports the newest of each observer, without those that are too old to count
   */
  public RegionFinding decide(
      RegionId region, ApplicationId application, Collection<ObserverReport> reports) {
    Endpoint control = Endpoint.control(region.value());
    Endpoint database = Endpoint.database(region.value(), application);
    List<ObserverReport> voices =
        reports.stream()
            .filter(report -> members.contains(report.observer()))
            .filter(report -> isOf(report, region) || !isIsolated(report))
            .toList();

    boolean controlDown = majority(voices, region, down(control));
    boolean databaseDown = majority(voices, region, down(database));
    boolean gone = majority(voices, region, down(control).and(down(database)));
    long impaired = voices.stream().filter(voice -> seesAny(voice, region, Health.DOWN)).count();
    long fine =
        voices.stream()
            .filter(voice -> !seesAny(voice, region, Health.DOWN))
            .filter(voice -> voice.healthOf(control) == Health.UP || isOf(voice, region))
            .filter(voice -> voice.healthOf(database) == Health.UP)
            .count();

    String heard = voices.size() + " of " + members.size() + " observers were heard";
    Instant lastGood = lastGoodSign(reports, control, database).orElse(null);
    RegionVerdict verdict;
    String reason;
    if (gone) {
      verdict = RegionVerdict.DOWN;
      reason = heard + "; a majority reaches neither its guard nor its database";
    } else if (impaired > 0) {
      verdict = RegionVerdict.SUSPECT;
      reason = heard + "; " + impaired + " of them miss an endpoint";
    } else if (fine >= majority()) {
      verdict = RegionVerdict.UP;
      reason = heard + "; a majority reaches everything";
    } else {
      verdict = RegionVerdict.UNKNOWN;
      reason = heard + ": too few to say";
    }
    return new RegionFinding(region, verdict, reason, controlDown, databaseDown, lastGood);
  }

  /** Whether an observer reaches no other member, and so is probably the one that is cut off. */
  public boolean isIsolated(ObserverReport report) {
    return members.stream()
        .filter(member -> !member.equals(report.observer()))
        .map(member -> report.healthOf(Endpoint.control(member.value())))
        .allMatch(health -> health == Health.DOWN);
  }

  private int majority() {
    return members.size() / 2 + 1;
  }

  private boolean majority(
      List<ObserverReport> voices, RegionId region, Predicate<ObserverReport> says) {
    return voices.stream().filter(says).count() >= majority()
        && voices.stream().anyMatch(voice -> says.test(voice) && !isOf(voice, region));
  }

  private static Predicate<ObserverReport> down(Endpoint endpoint) {
    return report -> report.healthOf(endpoint) == Health.DOWN;
  }

  private static boolean isOf(ObserverReport report, RegionId region) {
    return report.observer().value().equals(region.value());
  }

  private static boolean seesAny(ObserverReport report, RegionId region, Health health) {
    return report.observations().stream()
        .filter(observation -> observation.endpoint().region().equals(region.value()))
        .anyMatch(observation -> observation.health() == health);
  }

  private static Optional<Instant> lastGoodSign(
      Collection<ObserverReport> reports, Endpoint control, Endpoint database) {
    return reports.stream()
        .flatMap(report -> report.observations().stream())
        .filter(
            observation ->
                observation.endpoint().equals(control) || observation.endpoint().equals(database))
        .map(Observation::lastSuccessAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
