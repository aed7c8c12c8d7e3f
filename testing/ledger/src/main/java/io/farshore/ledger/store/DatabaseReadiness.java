package io.farshore.ledger.store;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers a read. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements AsyncHealthCheck {
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);

  private final Books books;

  DatabaseReadiness(Books books) {
    this.books = books;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return books
        .ping()
        .ifNoItem()
        .after(PING_TIMEOUT)
        .fail()
        .replaceWith(() -> HealthCheckResponse.up("database"))
        .onFailure()
        .recoverWithItem(() -> HealthCheckResponse.down("database"));
  }
}
