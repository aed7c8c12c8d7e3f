package io.farshore.audit.log.wiring;

import io.farshore.audit.log.AuditLog;
import io.farshore.kernel.FarshoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the log can be written; alive while its writer runs. */
@Singleton
public class LogHealth {
  private static final String NAME = "audit-log";

  private final AuditLog log;

  @Inject
  LogHealth(AuditLog log) {
    this.log = log;
  }

  void watchQueue(@Observes StartupEvent event, MeterRegistry metrics) {
    Gauge.builder("farshore.audit.queue", log, AuditLog::waitingEntries)
        .description("Entries that wait to be made durable")
        .register(metrics);
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck writable() {
    return () -> {
      Optional<FarshoreException> failure = log.failure();
      return failure
          .map(why -> HealthCheckResponse.named(NAME).down().withData("error", why.describe()))
          .orElseGet(
              () -> HealthCheckResponse.named(NAME).up().withData("size", log.published().size()))
          .build();
    };
  }

  @Produces
  @Singleton
  @Liveness
  HealthCheck writing() {
    return () -> HealthCheckResponse.named(NAME).status(log.alive()).build();
  }
}
