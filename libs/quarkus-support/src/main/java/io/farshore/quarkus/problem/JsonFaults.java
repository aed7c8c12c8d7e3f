package io.farshore.quarkus.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.farshore.contracts.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words for people what a JSON body did wrong, and where. */
final class JsonFaults {
  private JsonFaults() {}

  static Problem.FieldError describe(JsonProcessingException fault) {
    if (fault instanceof JsonMappingException mapping) {
      return new Problem.FieldError(pointer(mapping), expectation(mapping));
    }
    JsonLocation at = fault.getLocation();
    return new Problem.FieldError(
        "",
        at == null
            ? "must be JSON"
            : "must be JSON; it stops being so in line "
                + at.getLineNr()
                + ", column "
                + at.getColumnNr());
  }

  /** RFC 6901. */
  private static String pointer(JsonMappingException fault) {
    return fault.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? Integer.toString(step.getIndex())
                    : step.getFieldName().replace("~", "~0").replace("/", "~1"))
        .map(step -> "/" + step)
        .collect(Collectors.joining());
  }

  private static String expectation(JsonMappingException fault) {
    return switch (fault) {
      case UnrecognizedPropertyException unknown ->
          "is not a known field; known are "
              + unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", "));
      case InvalidNullException ignored -> "is required and must not be null";
      case ValueInstantiationException invalid when invalid.getCause() != null ->
          String.valueOf(invalid.getCause().getMessage());
      case MismatchedInputException mismatch
          when mismatch.getOriginalMessage().startsWith("Missing required") ->
          "is required";
      case MismatchedInputException mismatch -> "must be " + form(mismatch.getTargetType());
      default -> "cannot be read";
    };
  }

  private static String form(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == Duration.class) {
      return "an ISO 8601 duration, for example PT5S";
    }
    if (type == Instant.class) {
      return "an RFC 3339 instant, for example 2026-11-21T03:00:00Z";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
