package io.farshore.audit.log;

/** What became of an entry that was to be appended. */
public sealed interface AppendOutcome {
  /**
   * It is durable.
   *
   * @param index its place in the log
   */
  record Appended(long index) implements AppendOutcome {}

  /** The same event had been logged before. */
  record Duplicate() implements AppendOutcome {}
}
