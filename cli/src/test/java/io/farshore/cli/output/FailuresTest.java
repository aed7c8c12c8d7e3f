package io.farshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.client.ClientErrors;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Map<String, String> ASKED =
      Map.of("uri", "http://127.0.0.1:1/v1/x", "status", "409", "traceId", "abc");

  private static String line(ErrorCode code, String message, Map<String, String> context) {
    return Failures.line(new FarshoreException(code, message, context));
  }

  @Test
  void whatAServiceSaysNeedsNoAddress() {
    ErrorCode code = ErrorCode.permanent("already-there", ErrorCategory.CONFLICT);
    assertThat(line(code, "The move was refused", ASKED))
        .isEqualTo("The move was refused (already-there) [traceId=abc]");
  }

  @Test
  void theAddressIsSaidWhereTheWayThereFailed() {
    assertThat(line(ClientErrors.TIMED_OUT, "No answer in time", Map.of("uri", "http://a/b")))
        .isEqualTo("No answer in time (service-timed-out) [uri=http://a/b]");
  }

  @Test
  void theAddressIsSaidWhereSomethingElseAnswered() {
    ErrorCode code = ErrorCode.retryable("http-502", ErrorCategory.INTERNAL);
    assertThat(line(code, "The service refused the request", ASKED))
        .isEqualTo(
            "The service refused the request (http-502)"
                + " [status=409 traceId=abc uri=http://127.0.0.1:1/v1/x]");
  }

  @Test
  void withoutParticularsThereAreNoBrackets() {
    ErrorCode code = ErrorCode.permanent("no-quorum", ErrorCategory.UNAVAILABLE);
    assertThat(line(code, "No majority answers", Map.of("status", "503")))
        .isEqualTo("No majority answers (no-quorum)");
  }

  @Test
  void itIsOneLine() {
    ErrorCode code = ErrorCode.permanent("broken", ErrorCategory.INTERNAL);
    assertThat(line(code, "Broken", Map.of("error", "ERROR: here\r\n  at there")))
        .isEqualTo("Broken (broken) [error=ERROR: here at there]");
  }
}
