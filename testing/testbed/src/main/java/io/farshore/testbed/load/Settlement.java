package io.farshore.testbed.load;

import io.farshore.testbed.client.LedgerClient;
import io.farshore.testbed.client.LedgerClient.Books;
import io.farshore.testbed.load.Attempt.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The clients' records held against the books. Exact: every transfer has an id of its client's.
 *
 * @param attempted transfers sent
 * @param acknowledged clients were told they are booked
 * @param refused clients were told they are not booked
 * @param unknown clients were told nothing
 * @param lost acknowledged and not in the books
 * @param unknownBooked unknown to clients, and in the books
 * @param refusedBooked refused, and in the books: somebody lied
 * @param strangers in the books and sent by no client
 * @param lostWindow age of the oldest lost transfer when the region was lost; absent if none was
 *     lost
 * @param secondWriterAcknowledgements transfers that one region acknowledged although they were
 *     sent after another, later one had acknowledged its first
 * @param books whether they balance
 */
public record Settlement(
    long attempted,
    long acknowledged,
    long refused,
    long unknown,
    long lost,
    long unknownBooked,
    long refusedBooked,
    long strangers,
    @Nullable Duration lostWindow,
    long secondWriterAcknowledgements,
    Books books) {

  /**
   * Compares.
   *
   * @param attempts of every client that used the ledger in this world since it had {@code
   *     transfersBefore} in its books
   * @param lossAt {@link System#nanoTime()} when the region was lost
   */
  public static Settlement of(
      Collection<Attempt> attempts, LedgerClient ledger, long transfersBefore, long lossAt) {
    Set<UUID> booked = ledger.booked(attempts.stream().map(Attempt::id).toList());
    Books books = ledger.books();
    List<Attempt> lost =
        attempts.stream()
            .filter(attempt -> attempt.outcome() == Outcome.ACKNOWLEDGED)
            .filter(attempt -> !booked.contains(attempt.id()))
            .toList();
    return new Settlement(
        attempts.size(),
        count(attempts, Outcome.ACKNOWLEDGED),
        count(attempts, Outcome.REFUSED),
        count(attempts, Outcome.UNKNOWN),
        lost.size(),
        countBooked(attempts, Outcome.UNKNOWN, booked),
        countBooked(attempts, Outcome.REFUSED, booked),
        books.transfers() - transfersBefore - booked.size(),
        lost.stream()
            .min(Comparator.comparingLong(Attempt::endedAt))
            .map(oldest -> Duration.ofNanos(Math.max(0, lossAt - oldest.endedAt())))
            .orElse(null),
        secondWriter(attempts),
        books);
  }

  /** What must never happen, in words; empty if nothing of it did. Lost transfers are not in it. */
  public List<String> violations() {
    List<String> violations = new ArrayList<>();
    if (!books.holds()) {
      violations.add("the books do not balance: money was lost or invented");
    }
    if (refusedBooked > 0) {
      violations.add(refusedBooked + " transfers were refused to their clients and yet booked");
    }
    if (strangers != 0) {
      violations.add(strangers + " transfers more than were sent are booked");
    }
    if (secondWriterAcknowledgements > 0) {
      violations.add(
          secondWriterAcknowledgements
              + " transfers were acknowledged by a region after another had taken over");
    }
    return violations;
  }

  /** Whether a bound of the loss, in time before the loss, holds for what clients know was lost. */
  public boolean isCoveredBy(@Nullable Duration bound) {
    return lost == 0 || (bound != null && lostWindow != null && lostWindow.compareTo(bound) <= 0);
  }

  private static long count(Collection<Attempt> attempts, Outcome outcome) {
    return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
  }

  private static long countBooked(Collection<Attempt> attempts, Outcome outcome, Set<UUID> booked) {
    return attempts.stream()
        .filter(attempt -> attempt.outcome() == outcome && booked.contains(attempt.id()))
        .count();
  }

  /** Writers in the order in which they first acknowledged; an earlier one must then be silent. */
  private static long secondWriter(Collection<Attempt> attempts) {
    var firstEnd =
        attempts.stream()
            .filter(attempt -> !attempt.writer().isEmpty())
            .collect(
                Collectors.toMap(Attempt::writer, Attempt::endedAt, (a, b) -> a - b < 0 ? a : b));
    return attempts.stream()
        .filter(attempt -> !attempt.writer().isEmpty())
        .filter(
            attempt ->
                firstEnd.entrySet().stream()
                    .anyMatch(
                        other ->
                            !other.getKey().equals(attempt.writer())
                                && other.getValue()
                                        - firstEnd.getOrDefault(attempt.writer(), Long.MAX_VALUE)
                                    > 0
                                && attempt.sentAt() - other.getValue() > 0))
        .count();
  }
}
