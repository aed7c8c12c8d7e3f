package io.farshore.backup.event;

import java.util.Optional;

/**
 * The request that a run or restore goes back to.
 *
 * @param actor who asked; empty in what was journaled before that was recorded
 * @param traceparent its W3C trace context; empty outside a trace
 */
public record Origin(Optional<String> actor, Optional<String> traceparent) {
  /** The W3C trace id within {@link #traceparent()}. */
  public Optional<String> traceId() {
    return traceparent
        .map(text -> text.split("-", -1))
        .filter(parts -> parts.length > 1)
        .map(parts -> parts[1]);
  }
}
