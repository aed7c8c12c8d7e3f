package io.farshore.failover.execution;

import java.util.Locale;

/** Why the application moves, and so what it may cost. */
public enum ExecutionKind {
  /** The region left is lost or suspect; data may be lost. */
  FAILOVER,
  /** The region left is healthy and gives its lease up; nothing is lost. */
  SWITCHOVER;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
