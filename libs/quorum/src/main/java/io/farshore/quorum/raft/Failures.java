package io.farshore.quorum.raft;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Reads what stages failed with. */
final class Failures {
  private Failures() {}

  static Throwable unwrap(@Nullable Throwable failure) {
    if (failure == null) {
      return new IllegalStateException("answered with nothing");
    }
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
