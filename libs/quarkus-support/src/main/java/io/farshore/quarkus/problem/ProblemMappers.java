package io.farshore.quarkus.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.farshore.contracts.Problem;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of a request as a problem document. */
public class ProblemMappers {
  private static final KeyedLog LOG = KeyedLog.of(ProblemMappers.class);

  private final ProblemDocuments documents;

  @Inject
  ProblemMappers(ProblemDocuments documents) {
    this.documents = documents;
  }

  @ServerExceptionMapper
  Response failure(FarshoreException failure, UriInfo uri) {
    Problem problem = documents.of(failure, uri.getPath());
    if (problem.status() >= 500) {
      LOG.with("error", failure.describe()).because(failure).error("A request failed");
    }
    return respond(problem);
  }

  // Named one by one, because the framework brings mappers of its own for some of them.
  @ServerExceptionMapper({
    JsonProcessingException.class,
    MismatchedInputException.class,
    InvalidDefinitionException.class
  })
  Response body(JsonProcessingException fault, UriInfo uri) {
    Problem.FieldError error = JsonFaults.describe(fault);
    boolean syntax = error.pointer().isEmpty();
    return refuse(
        syntax ? ProblemErrors.BODY_NOT_JSON : ProblemErrors.BODY_INVALID,
        400,
        syntax ? "The body " + error.detail() : error.pointer() + " " + error.detail(),
        List.of(error),
        uri);
  }

  @ServerExceptionMapper
  Response violations(ConstraintViolationException invalid, UriInfo uri) {
    List<Problem.FieldError> errors =
        invalid.getConstraintViolations().stream()
            .map(
                violation ->
                    new Problem.FieldError(
                        Violations.pointer(violation.getPropertyPath()), violation.getMessage()))
            .sorted(Comparator.comparing(Problem.FieldError::pointer))
            .toList();
    return refuse(
        ProblemErrors.BODY_INVALID, 400, "Some fields are not valid; see errors", errors, uri);
  }

  @ServerExceptionMapper
  Response value(IllegalArgumentException invalid, UriInfo uri) {
    StackTraceElement[] stack = invalid.getStackTrace();
    if (stack.length == 0 || !stack[0].getClassName().startsWith("io.farshore.")) {
      // Not one of our values refusing what it was given, but a defect on the way.
      return defect(invalid, uri);
    }
    return refuse(
        ProblemErrors.VALUE_INVALID, 400, String.valueOf(invalid.getMessage()), List.of(), uri);
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationCompletionException.class})
  Response unauthorized(SecurityException denied, UriInfo uri) {
    return refuse(
        ProblemErrors.TOKEN_MISSING,
        401,
        "Send an Authorization header with a bearer token",
        List.of(),
        uri);
  }

  @ServerExceptionMapper
  Response unauthenticated(AuthenticationFailedException denied, UriInfo uri) {
    return refuse(
        ProblemErrors.TOKEN_INVALID,
        401,
        "The bearer token is malformed, expired, or not signed for this service",
        List.of(),
        uri);
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException denied, UriInfo uri) {
    return refuse(
        ProblemErrors.ROLE_MISSING,
        403,
        "The token's groups do not hold a role that may do this",
        List.of(),
        uri);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException refused, UriInfo uri) {
    Throwable cause = refused.getCause();
    if (cause instanceof JsonProcessingException fault) {
      return body(fault, uri);
    }
    if (cause instanceof IllegalArgumentException) {
      return refuse(
          ProblemErrors.VALUE_INVALID,
          400,
          "A parameter of the path or the query is not of the right kind",
          List.of(),
          uri);
    }
    Response given = refused.getResponse();
    int status = given.getStatus();
    if (given.hasEntity() || status < 400) {
      return given;
    }
    if (status >= 500) {
      return defect(refused, uri);
    }
    Response.ResponseBuilder builder =
        Response.fromResponse(refuse(code(status), status, detail(status), List.of(), uri));
    if (given.getHeaderString("Allow") != null) {
      builder.header("Allow", given.getHeaderString("Allow"));
    }
    return builder.build();
  }

  @ServerExceptionMapper
  Response defect(Throwable defect, UriInfo uri) {
    LOG.with("error", defect).because(defect).error("A request failed unexpectedly");
    return refuse(
        ProblemErrors.INTERNAL,
        500,
        "The service failed; its log has the details under this trace id",
        List.of(),
        uri);
  }

  private Response refuse(
      ErrorCode code, int status, String detail, List<Problem.FieldError> errors, UriInfo uri) {
    return respond(documents.of(code, status, detail, Map.of(), errors, uri.getPath()));
  }

  private Response respond(Problem problem) {
    Response.ResponseBuilder builder =
        Response.status(problem.status())
            .type(ProblemDocuments.MEDIA_TYPE)
            .entity(documents.write(problem));
    if (problem.status() == 401) {
      builder.header("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503 && problem.retryable()) {
      builder.header("Retry-After", "1");
    }
    return builder.build();
  }

  static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ProblemErrors.TOKEN_MISSING;
      case 403 -> ProblemErrors.ROLE_MISSING;
      case 404 -> ProblemErrors.PATH_UNKNOWN;
      case 405 -> ProblemErrors.METHOD_NOT_ALLOWED;
      case 406 -> ProblemErrors.NOT_ACCEPTABLE;
      case 413 -> ProblemErrors.BODY_TOO_LARGE;
      case 415 -> ProblemErrors.MEDIA_TYPE_UNSUPPORTED;
      default -> status < 500 ? ProblemErrors.REQUEST_INVALID : ProblemErrors.INTERNAL;
    };
  }

  static String detail(int status) {
    return switch (status) {
      case 404 -> "No resource has this path; the OpenAPI document lists them";
      case 405 -> "The Allow header lists the methods this path has";
      case 406 -> "Ask for application/json";
      case 413 -> "A body may have at most 1 MiB";
      case 415 -> "Send application/json";
      default -> "The request cannot be understood";
    };
  }
}
