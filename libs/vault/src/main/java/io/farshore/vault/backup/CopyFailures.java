package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says in one error which copies failed, and why. */
public final class CopyFailures {
  private CopyFailures() {}

  /** The error of a run none of whose copies is complete. */
  static FarshoreException none(List<CopyOutcome> outcomes) {
    return error("No copy of the repository could be written", outcomes);
  }

  /** The error of a run that lacks a required copy; empty if it lacks none. */
  public static Optional<FarshoreException> required(List<CopyOutcome> outcomes) {
    List<CopyOutcome> failed =
        outcomes.stream().filter(outcome -> outcome.required() && !outcome.complete()).toList();
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of(error("A required copy of the repository is incomplete", failed));
  }

  /** Carries the code that all failures share, if they share one. */
  private static FarshoreException error(String message, List<CopyOutcome> outcomes) {
    Map<String, String> context = new TreeMap<>();
    List<FarshoreException> failures =
        outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
    outcomes.forEach(
        outcome ->
            outcome.failure().ifPresent(e -> context.put("copy." + outcome.copy(), e.describe())));
    boolean alike = failures.stream().map(FarshoreException::code).distinct().count() == 1;
    FarshoreException error =
        new FarshoreException(
            alike ? failures.getFirst().code() : VaultErrors.COPY_FAILED, message, context);
    failures.forEach(error::addSuppressed);
    return error;
  }
}
