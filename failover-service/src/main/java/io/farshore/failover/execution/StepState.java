package io.farshore.failover.execution;

import java.util.Locale;

/** How far one step is. */
public enum StepState {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
