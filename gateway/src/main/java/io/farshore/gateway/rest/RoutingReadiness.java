package io.farshore.gateway.rest;

import io.farshore.gateway.table.TableKeeper.Held;
import io.farshore.gateway.wiring.Gateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once it listens and has a table to route by, wherever that came from. */
@Readiness
@ApplicationScoped
public class RoutingReadiness implements HealthCheck {
  private final Gateway gateway;

  @Inject
  RoutingReadiness(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public HealthCheckResponse call() {
    boolean listening = gateway.listening() != null;
    Optional<Held> held = gateway.table().held();
    return HealthCheckResponse.named("routing")
        .status(listening && held.isPresent())
        .withData("listening", listening)
        .withData("table", held.map(Held::source).orElse("none"))
        .withData("epoch", held.map(known -> known.route().epoch().value()).orElse(0L))
        .build();
  }
}
