package io.farshore.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operational failure. The message is static text, so that failures can be grouped; what was
 * particular goes into the context. Expected refusals are values, not exceptions.
 */
public class FarshoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final transient Map<String, String> context;

  public FarshoreException(ErrorCode code, String message) {
    this(code, message, Map.of(), null);
  }

  public FarshoreException(ErrorCode code, String message, Map<String, String> context) {
    this(code, message, context, null);
  }

  public FarshoreException(
      ErrorCode code, String message, Map<String, String> context, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.context = Map.copyOf(new LinkedHashMap<>(context));
  }

  public ErrorCode code() {
    return code;
  }

  /** What was particular about this failure; never holds a secret. */
  public Map<String, String> context() {
    return context;
  }

  /** Code, message and particulars in one line, for logs and the command line. */
  public String describe() {
    String particulars =
        context.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return code + ": " + getMessage() + (particulars.isEmpty() ? "" : " [" + particulars + "]");
  }
}
