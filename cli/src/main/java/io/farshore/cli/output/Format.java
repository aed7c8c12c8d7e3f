package io.farshore.cli.output;

/** How answers are written. Lower case, because people type them. */
public enum Format {
  /** For people. */
  table,
  /** For programs: one JSON value. */
  json
}
