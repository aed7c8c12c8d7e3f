package io.farshore.contracts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem document ({@code application/problem+json}).
 *
 * @param type {@code urn:farshore:problem:} followed by the code
 * @param title what kind of problem, for a person
 * @param status the HTTP status
 * @param detail what was wrong and what would be right
 * @param instance the request path
 * @param code stable; what programs look at
 * @param retryable whether the same request may succeed later
 * @param context what was particular
 * @param errors one for each offending field
 * @param traceId finds the logs and traces of this request
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    boolean retryable,
    Map<String, String> context,
    List<FieldError> errors,
    @Nullable String traceId) {

  /**
   * One offending field.
   *
   * @param pointer JSON pointer into the body, or the name of a parameter
   * @param detail what would be right
   */
  public record FieldError(String pointer, String detail) {}
}
