package io.farshore.failover.application;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much an application matters; gives its objectives when it names none of its own. */
public enum Tier {
  CRITICAL(Duration.ofMinutes(1), Duration.ofMinutes(5)),
  HIGH(Duration.ofMinutes(15), Duration.ofHours(1)),
  MEDIUM(Duration.ofHours(4), Duration.ofHours(4)),
  LOW(Duration.ofHours(24), Duration.ofHours(24)),
  /** Names its own objectives; the values here are never used. */
  CUSTOM(Duration.ZERO, Duration.ZERO);

  private final Duration recoveryPoint;
  private final Duration recoveryTime;

  Tier(Duration recoveryPoint, Duration recoveryTime) {
    this.recoveryPoint = recoveryPoint;
    this.recoveryTime = recoveryTime;
  }

  /** What holds where the declaration is silent. */
  public Objectives defaults() {
    return new Objectives(recoveryPoint, recoveryTime);
  }

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tier> of(String word) {
    return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
  }
}
