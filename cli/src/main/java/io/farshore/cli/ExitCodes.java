package io.farshore.cli;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.FarshoreException;

/** What the exit code says; scripts may rely on it. */
public final class ExitCodes {
  public static final int OK = 0;

  /** The command was understood and did not succeed. */
  public static final int ERROR = 1;

  /** The command was not understood. */
  public static final int USAGE = 2;

  /** Something needed does not answer, or is not there yet. */
  public static final int NOT_READY = 3;

  /** It was done, but took longer or lost more than the objective allows. */
  public static final int OBJECTIVE_MISSED = 4;

  /** What was verified is not what it should be. */
  public static final int VERIFICATION_FAILED = 5;

  private ExitCodes() {}

  static int of(FarshoreException failure) {
    ErrorCategory category = failure.code().category();
    return switch (category) {
      case UNAVAILABLE -> NOT_READY;
      case CORRUPT -> VERIFICATION_FAILED;
      case INVALID,
          UNAUTHENTICATED,
          FORBIDDEN,
          NOT_FOUND,
          CONFLICT,
          STALE,
          PRECONDITION_REQUIRED,
          REFUSED,
          TOO_LARGE,
          EXHAUSTED,
          INTERNAL ->
          ERROR;
    };
  }
}
