package io.farshore.quarkus.problem;

import io.farshore.contracts.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refusals that come before a resource is looked for: bodies too large, targets that are none. */
@Singleton
public class RouteFailures {
  /** Just before the framework's own check of the body's length, which answers without a body. */
  private static final int BEFORE_UPLOAD_LIMIT = -3;

  private static final Logger LOG = Logger.getLogger(RouteFailures.class);

  private final ProblemDocuments documents;
  private final long bodyBytesMax;

  @Inject
  RouteFailures(
      ProblemDocuments documents,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "1M")
          MemorySize bodyBytesMax) {
    this.documents = documents;
    this.bodyBytesMax = bodyBytesMax.asLongValue();
  }

  void install(@Observes Router router) {
    router
        .route()
        .order(BEFORE_UPLOAD_LIMIT)
        .handler(this::checkLength)
        .failureHandler(this::failed);
  }

  private void checkLength(RoutingContext request) {
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > bodyBytesMax) {
      // What follows the header is not read, so the connection cannot be used again.
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      respond(request, 413).onComplete(done -> request.request().connection().close());
    } else {
      request.next();
    }
  }

  private void failed(RoutingContext request) {
    int status = request.statusCode();
    if (request.response().headWritten() || status < 400 || status >= 500) {
      request.next();
    } else {
      respond(request, status)
          .onFailure(e -> LOG.debugf(e, "The caller went away before its answer"));
    }
  }

  private Future<Void> respond(RoutingContext request, int status) {
    Problem problem =
        documents.of(
            ProblemMappers.code(status),
            status,
            ProblemMappers.detail(status),
            Map.of(),
            List.of(),
            request.normalizedPath());
    return request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocuments.MEDIA_TYPE)
        .end(documents.write(problem));
  }
}
