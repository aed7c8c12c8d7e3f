package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import java.util.Optional;

/**
 * How a backup ended in one copy.
 *
 * @param copy its name
 * @param required whether the run needed it
 * @param storedBytes that were new in it
 * @param failure why it is incomplete; empty if it is complete
 */
public record CopyOutcome(
    String copy, boolean required, long storedBytes, Optional<FarshoreException> failure) {
  public boolean complete() {
    return failure.isEmpty();
  }
}
