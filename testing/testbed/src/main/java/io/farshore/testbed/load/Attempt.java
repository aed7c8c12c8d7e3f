package io.farshore.testbed.load;

import java.util.UUID;

/**
 * One transfer as its client saw it. Times are {@link System#nanoTime()} readings of this JVM.
 *
 * @param id chosen by the client
 * @param side where the client lives
 * @param gateway the region whose gateway answered last, or was asked last
 * @param sentAt when it was first sent
 * @param endedAt when the client knew, or gave up
 * @param outcome what the client knows
 * @param status HTTP status; 0 if there was no answer
 * @param writer the region that booked it, as the ledger says; empty unless acknowledged
 */
public record Attempt(
    UUID id,
    String side,
    String gateway,
    long sentAt,
    long endedAt,
    Outcome outcome,
    int status,
    String writer) {

  /** What a client may believe. */
  public enum Outcome {
    /** The ledger said it is booked: it must never be lost. */
    ACKNOWLEDGED,
    /** The ledger or a gateway said it is not booked. */
    REFUSED,
    /** No answer, or one that says so: it may be booked or not. */
    UNKNOWN
  }
}
