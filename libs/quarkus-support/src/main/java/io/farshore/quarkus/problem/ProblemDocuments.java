package io.farshore.quarkus.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.Problem;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.trace.TraceContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Writes problem documents. */
@Singleton
public class ProblemDocuments {
  /** RFC 9457 section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private final ObjectMapper json = FarshoreJson.lenient();

  /** A problem whose status follows from its code. */
  public Problem of(FarshoreException failure, String path) {
    return of(
        failure.code(),
        HttpStatus.of(failure.code().category()),
        String.valueOf(failure.getMessage()),
        failure.context(),
        List.of(),
        path);
  }

  /** A problem with a status that HTTP itself gives a meaning. */
  public Problem of(
      ErrorCode code,
      int status,
      String detail,
      Map<String, String> context,
      List<Problem.FieldError> errors,
      String path) {
    return new Problem(
        "urn:farshore:problem:" + code.value(),
        HttpStatus.title(status),
        status,
        detail,
        path,
        code.value(),
        code.retryable(),
        context,
        errors,
        TraceContext.currentTraceId().orElse(null));
  }

  /** The document as text. */
  public String write(Problem problem) {
    return FarshoreJson.write(json, problem);
  }
}
