package io.farshore.quarkus.event;

import io.farshore.kernel.IdGenerator;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.trace.TraceContext;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The outbox below the service's data directory and what is made of it. */
@Dependent
public class EventBeans {
  @Produces
  @Singleton
  EventEnvelopes envelopes(
      RegionSettings settings,
      @ConfigProperty(name = "quarkus.application.name") String service,
      Clock clock,
      IdGenerator ids) {
    String name = service.startsWith("farshore-") ? service.substring(9) : service;
    return new EventEnvelopes(settings.region(), name, clock, ids, TraceContext::current);
  }

  @Produces
  @Singleton
  FileOutbox outbox(
      RegionSettings settings,
      @ConfigProperty(
              name = "farshore.outbox.bytes-max",
              defaultValue = "" + FileOutbox.BYTES_MAX_DEFAULT)
          long bytesMax) {
    return FileOutbox.open(settings.dataDir().resolve("outbox"), bytesMax);
  }

  void close(@Disposes FileOutbox outbox) {
    try {
      outbox.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Produces
  @Singleton
  @DefaultBean
  EventSink sink(EventEnvelopes envelopes, FileOutbox outbox) {
    return new OutboxEventSink(envelopes, outbox);
  }
}
