package io.farshore.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.contracts.Problem;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns an answer of 400 and above back into the failure it tells of. */
final class Problems {
  private Problems() {}

  static FarshoreException toException(ObjectMapper json, URI uri, int status, byte[] body) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("uri", uri.toString());
    context.put("status", Integer.toString(status));
    Problem problem;
    try {
      problem = json.readValue(body, Problem.class);
    } catch (IOException e) {
      // A proxy's error page, or a broken service: the status is all there is to go by.
      return new FarshoreException(
          new ErrorCode("http-" + status, category(status), status >= 500),
          "The service refused the request",
          context);
    }
    context.putAll(problem.context());
    problem.errors().forEach(error -> context.put(error.pointer(), error.detail()));
    if (problem.traceId() != null) {
      context.put("traceId", problem.traceId());
    }
    return new FarshoreException(code(problem, status), problem.detail(), context);
  }

  private static ErrorCode code(Problem problem, int status) {
    try {
      return new ErrorCode(problem.code(), category(status), problem.retryable());
    } catch (IllegalArgumentException e) {
      return new ErrorCode("http-" + status, category(status), problem.retryable());
    }
  }

  private static ErrorCategory category(int status) {
    return switch (status) {
      case 401 -> ErrorCategory.UNAUTHENTICATED;
      case 403 -> ErrorCategory.FORBIDDEN;
      case 404 -> ErrorCategory.NOT_FOUND;
      case 409 -> ErrorCategory.CONFLICT;
      case 412 -> ErrorCategory.STALE;
      case 413 -> ErrorCategory.TOO_LARGE;
      case 422 -> ErrorCategory.REFUSED;
      case 428 -> ErrorCategory.PRECONDITION_REQUIRED;
      case 503, 504 -> ErrorCategory.UNAVAILABLE;
      case 507 -> ErrorCategory.EXHAUSTED;
      default -> status < 500 ? ErrorCategory.INVALID : ErrorCategory.INTERNAL;
    };
  }
}
