package io.farshore.kernel;

import java.util.regex.Pattern;

/**
 * A stable, documented name for one kind of failure. Each feature declares its own as constants.
 *
 * @param value lower-case words joined by hyphens, for example {@code lease-not-held}
 * @param category decides the HTTP status
 * @param retryable whether the same request may succeed later without being changed
 */
public record ErrorCode(String value, ErrorCategory category, boolean retryable) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  public ErrorCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("error code must be lower-case words joined by hyphens");
    }
  }

  public static ErrorCode permanent(String value, ErrorCategory category) {
    return new ErrorCode(value, category, false);
  }

  public static ErrorCode retryable(String value, ErrorCategory category) {
    return new ErrorCode(value, category, true);
  }

  @Override
  public String toString() {
    return value;
  }
}
