package io.farshore.backup.observe;

import io.farshore.backup.journal.SettlementListener;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;

/** Logs what could not be journaled or told at once. Thread-safe. */
public final class ObservedSettlement implements SettlementListener {
  private static final KeyedLog LOG = KeyedLog.of(ObservedSettlement.class);

  private final String keyName;

  /**
   * @param keyName what a key names: {@code runId} or {@code restoreId}
   */
  public ObservedSettlement(String keyName) {
    this.keyName = keyName;
  }

  @Override
  public void waits(String key, RuntimeException reason) {
    KeyedLog.Line line = LOG.with(keyName, key);
    if (reason instanceof FarshoreException e) {
      line.with("error", e.describe()).error("Could not be journaled or told; tried again");
    } else {
      line.because(reason).error("Could not be journaled or told; tried again");
    }
  }

  @Override
  public void givenUp(String key) {
    LOG.with(keyName, key).error("Never journaled or told: too many wait");
  }
}
