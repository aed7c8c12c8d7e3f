package io.farshore.quarkus.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/** The current trace in W3C form. */
public final class TraceContext {
  private TraceContext() {}

  /** The {@code traceparent} of the current span; empty outside a trace. */
  public static Optional<String> current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? Optional.of(
            "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex())
        : Optional.empty();
  }

  /** The id of the current trace; empty outside a trace. */
  public static Optional<String> currentTraceId() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
  }
}
