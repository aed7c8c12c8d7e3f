package io.farshore.vault.repository;

/**
 * What was found of a recovery point in one copy, by looking there.
 *
 * @param copy which
 * @param state what was found
 * @param reason in words, empty when present
 */
public record CopyFinding(String copy, State state, String reason) {
  /** How much of a recovery point a copy has. */
  public enum State {
    /** Manifest signed and whole, every chunk indexed by a whole pack. */
    PRESENT,
    /** The manifest is there, but it or something it leans on is not whole. */
    DAMAGED,
    /** No manifest. */
    MISSING,
    /** The copy could not be asked. */
    UNKNOWN
  }
}
