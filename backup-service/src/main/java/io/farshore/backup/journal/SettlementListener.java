package io.farshore.backup.journal;

/** Notices what cannot be settled at once. */
public interface SettlementListener {
  /** It could not be journaled, or some of it not told; it is kept and tried again. */
  void waits(String key, RuntimeException reason);

  /** More wait than are kept: what was still to be journaled or told of this one is lost. */
  void givenUp(String key);
}
