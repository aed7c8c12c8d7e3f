package io.farshore.failover.evidence;

import io.farshore.failover.plan.DatabaseReport;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest report of every member. A report counts for {@link #FRESH}; after that its author has
 * no voice. Lives on the member's loop.
 */
public final class EvidenceBook {
  /** Three reports may be lost at one a second. */
  public static final Duration FRESH = Duration.ofSeconds(3);

  private final MonotonicClock clock;
  private final SortedMap<MemberId, Received> reports = new TreeMap<>();

  private record Received(MemberReport report, MonotonicInstant at) {}

  public EvidenceBook(MonotonicClock clock) {
    this.clock = clock;
  }

  /** Takes a report in; one that claims another author than its sender is dropped. */
  public void on(MemberId sender, MemberReport report) {
    if (report.seen().observer().equals(sender)) {
      reports.put(sender, new Received(report, clock.now()));
    }
  }

  /** What observers said lately. */
  public List<ObserverReport> observations() {
    return fresh().stream().map(MemberReport::seen).toList();
  }

  /** What guards said lately of their own region's databases. */
  public List<DatabaseReport> databases() {
    return fresh().stream()
        .flatMap(
            report ->
                report.databases().stream()
                    .filter(
                        database ->
                            database.region().value().equals(report.seen().observer().value())))
        .toList();
  }

  private Collection<MemberReport> fresh() {
    MonotonicInstant now = clock.now();
    return reports.values().stream()
        .filter(received -> now.since(received.at()).compareTo(FRESH) <= 0)
        .map(Received::report)
        .toList();
  }
}
