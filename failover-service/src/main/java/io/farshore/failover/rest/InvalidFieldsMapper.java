package io.farshore.failover.rest;

import io.farshore.quarkus.problem.ProblemDocuments;
import io.farshore.quarkus.problem.ProblemErrors;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Offending fields as a problem document that names each. */
public class InvalidFieldsMapper {
  private final ProblemDocuments problems;

  @Inject
  InvalidFieldsMapper(ProblemDocuments problems) {
    this.problems = problems;
  }

  @ServerExceptionMapper
  Response invalid(InvalidFieldsException invalid, UriInfo uri) {
    return Response.status(400)
        .type(ProblemDocuments.MEDIA_TYPE)
        .entity(
            problems.of(
                ProblemErrors.BODY_INVALID,
                400,
                String.valueOf(invalid.getMessage()),
                Map.of(),
                invalid.errors(),
                uri.getPath()))
        .build();
  }
}
