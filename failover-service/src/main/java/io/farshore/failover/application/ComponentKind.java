package io.farshore.failover.application;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a component is, and so which driver looks after it. */
public enum ComponentKind {
  POSTGRESQL,
  HTTP,
  FILES,
  CONFIGURATION,
  CACHE,
  QUEUE,
  BUCKET;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ComponentKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
