package io.farshore.failover.application;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may start a failover. */
public enum FailoverMode {
  /** The quorum, when the evidence suffices; and people. */
  AUTOMATIC,
  /** People only. */
  MANUAL;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FailoverMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
