package io.farshore.failover.plan;

import static java.util.Map.entry;

import io.farshore.kernel.ErrorCode;
import java.util.Map;

/** Says in a sentence why a move is refused and what would help. */
public final class RefusalText {
  private static final Map<ErrorCode, String> SENTENCES =
      Map.ofEntries(
          entry(
              FailoverErrors.UNKNOWN_APPLICATION, "No application of this name has been declared"),
          entry(
              FailoverErrors.EXECUTION_UNDER_WAY,
              "Another move of this application is under way; wait until it is over"),
          entry(
              FailoverErrors.NEVER_WRITABLE,
              "No region has held the write lease yet, so there is nothing to move"),
          entry(FailoverErrors.ALREADY_THERE, "The application already writes in this region"),
          entry(
              FailoverErrors.NOT_A_REGION,
              "The application does not run in this region; name one of its own"),
          entry(
              FailoverErrors.NO_CANDIDATE,
              "No region could take over; what is against each of them is listed by its name"),
          entry(
              FailoverErrors.LOSS_BEYOND_OBJECTIVE,
              "More would be lost than the recovery point objective allows; accept the loss to go"
                  + " on"),
          entry(
              FailoverErrors.LOSS_UNKNOWN,
              "Nobody can tell how much would be lost; accept the loss to go on"),
          entry(
              FailoverErrors.WRITER_CHANGED,
              "Another region became the writer meanwhile; look again"));

  private RefusalText() {}

  /** For any code; in general words where there are no better ones. */
  public static String of(ErrorCode code) {
    return SENTENCES.getOrDefault(code, "The move was refused");
  }
}
