package io.farshore.quarkus.event;

import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells that this service started; a service that cannot tell starts all the same. */
@Singleton
public class ProcessStart {
  private static final KeyedLog LOG = KeyedLog.of(ProcessStart.class);

  private final EventSink events;
  private final String service;
  private final String version;

  @Inject
  ProcessStart(
      EventSink events,
      @ConfigProperty(name = "quarkus.application.name") String service,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.events = events;
    this.service = service;
    this.version = version;
  }

  void tell(@Observes StartupEvent event) {
    try {
      events.publish(
          EventTypes.SERVICE_STARTED,
          "services/" + service,
          Map.of("version", version, "pid", ProcessHandle.current().pid()));
    } catch (FarshoreException e) {
      LOG.with("error", e.describe()).error("The start could not be told");
    }
  }
}
