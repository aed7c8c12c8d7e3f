package io.farshore.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.Problem;
import io.farshore.gateway.routing.RoutingDecision.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the gateway's own: why a request was not served.
 *
 * @param status HTTP status
 * @param code stable; what programs look at
 * @param title what kind of problem, for a person
 * @param detail what happened and what would help
 * @param retryable whether the same request may succeed later and does no harm twice
 */
record ProxyProblem(int status, String code, String title, String detail, boolean retryable) {
  static final ProxyProblem MALFORMED =
      new ProxyProblem(
          400, "malformed-request", "Malformed request", "This is not an HTTP/1.1 request.", false);
  static final ProxyProblem AMBIGUOUS =
      new ProxyProblem(
          400,
          "ambiguous-request",
          "Ambiguous request",
          "The request's length, host or target can be read in more than one way.",
          false);
  static final ProxyProblem TARGET_TOO_LONG =
      new ProxyProblem(
          414, "target-too-long", "Target too long", "The request line is too long.", false);
  static final ProxyProblem HEAD_TOO_LARGE =
      new ProxyProblem(
          431, "head-too-large", "Head too large", "The header fields are too long.", false);
  static final ProxyProblem METHOD_UNSUPPORTED =
      new ProxyProblem(
          501, "method-unsupported", "Method unsupported", "This method is not proxied.", false);
  static final ProxyProblem VERSION_UNSUPPORTED =
      new ProxyProblem(505, "version-unsupported", "Version unsupported", "Use HTTP/1.1.", false);
  static final ProxyProblem OVERLOADED =
      new ProxyProblem(
          503, "gateway-overloaded", "Gateway overloaded", "Too many requests under way.", true);
  static final ProxyProblem UNREACHABLE =
      new ProxyProblem(
          502,
          "upstream-unreachable",
          "Upstream unreachable",
          "No connection to the application; nothing was sent to it.",
          true);
  static final ProxyProblem READ_FAILED =
      new ProxyProblem(
          502,
          "upstream-failed",
          "Upstream failed",
          "The application closed the connection without an answer.",
          true);
  static final ProxyProblem WRITE_FAILED =
      new ProxyProblem(
          502,
          "upstream-failed",
          "Upstream failed",
          "The application closed the connection without an answer; whether the request was carried"
              + " out is not known.",
          false);
  static final ProxyProblem INVALID_RESPONSE =
      new ProxyProblem(
          502,
          "upstream-invalid-response",
          "Invalid response",
          "The application's answer is not HTTP/1.1.",
          false);
  static final ProxyProblem READ_TIMED_OUT =
      new ProxyProblem(
          504, "upstream-timeout", "Upstream timeout", "The application did not answer.", true);
  static final ProxyProblem WRITE_TIMED_OUT =
      new ProxyProblem(
          504,
          "upstream-timeout",
          "Upstream timeout",
          "The application did not answer; whether the request was carried out is not known.",
          false);
  static final ProxyProblem WRITER_MOVED =
      new ProxyProblem(
          503,
          "writer-moved",
          "The writer moved",
          "The write lease went to another region while this request was under way; whether it was"
              + " carried out is not known.",
          false);

  /** Clients of a refused write should come back about when a failover may be over. */
  static final int RETRY_AFTER_SECONDS = 1;

  /** RFC 7725. */
  private static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;

  private static final ObjectMapper JSON = FarshoreJson.lenient();

  /** What a client is told when routing refuses. */
  static ProxyProblem of(Refused refused) {
    return switch (refused.rule()) {
      case NO_WRITER -> refusal("no-writer", "No region may write", refused);
      case NO_ROUTE -> refusal("no-route", "No route", refused);
      case RESIDENCY ->
          new ProxyProblem(
              UNAVAILABLE_FOR_LEGAL_REASONS,
              "residency-forbids",
              "Residency forbids",
              sentence(refused.reason()),
              false);
      case NO_SERVING_REGION, WRITER, OVERRIDE, CURRENT, NEAREST, UNCHECKED, FAIL_OPEN ->
          refusal("no-serving-region", "No region serves", refused);
    };
  }

  private static ProxyProblem refusal(String code, String title, Refused refused) {
    return new ProxyProblem(503, code, title, sentence(refused.reason()), true);
  }

  private static String sentence(String reason) {
    return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
  }

  /** The RFC 9457 document. */
  byte[] document(@Nullable String path, @Nullable String traceId) {
    Problem problem =
        new Problem(
            "urn:farshore:problem:" + code,
            title,
            status,
            detail,
            path,
            code,
            retryable,
            Map.of(),
            List.of(),
            traceId);
    try {
      return JSON.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always JSON", e);
    }
  }
}
