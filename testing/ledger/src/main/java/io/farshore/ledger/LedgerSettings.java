package io.farshore.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the ledger. */
@ConfigMapping(prefix = "ledger")
public interface LedgerSettings {
  /** Where this copy of the ledger runs; told to callers in {@code Ledger-Region}. */
  @WithDefault("local")
  String region();

  /** Accounts opened when the books are empty. */
  @WithDefault("1000")
  int accounts();

  /** Opening balance of each, in minor units. */
  @WithDefault("1000000000")
  long openingBalance();

  /** How long a caller waits for a transfer before it is told that the outcome is unknown. */
  @WithDefault("2S")
  Duration transferTimeout();

  /** How long a caller waits for an answer that changes nothing. */
  @WithDefault("10S")
  Duration readTimeout();
}
