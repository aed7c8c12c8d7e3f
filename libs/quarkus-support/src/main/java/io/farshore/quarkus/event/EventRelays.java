package io.farshore.quarkus.event;

import io.farshore.quarkus.log.KeyedLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Runs one relay for each outbox of the service, from start to stop. */
@Singleton
public class EventRelays {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
  private static final KeyedLog LOG = KeyedLog.of(EventRelays.class);

  private final List<Outbox> outboxes;
  private final Vertx vertx;
  private final Config config;
  private final MeterRegistry metrics;
  private final List<Thread> threads = new ArrayList<>();
  private final List<AmqpDelivery> deliveries = new ArrayList<>();

  @Inject
  EventRelays(@All List<Outbox> outboxes, Vertx vertx, Config config, MeterRegistry metrics) {
    this.outboxes = outboxes;
    this.vertx = vertx;
    this.config = config;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    Optional<BrokerSettings> broker = BrokerSettings.from(config);
    outboxes.forEach(this::measure);
    if (broker.isEmpty()) {
      LOG.info("No broker is configured (amqp-host): events stay in the outbox");
      return;
    }
    for (Outbox outbox : outboxes) {
      AmqpDelivery delivery = new AmqpDelivery(vertx, broker.get());
      EventRelay relay = new EventRelay(outbox, delivery);
      deliveries.add(delivery);
      threads.add(Thread.ofVirtual().name("event-relay-" + outbox.name()).start(relay));
      measure(outbox, relay);
    }
  }

  private void measure(Outbox outbox) {
    if (outbox instanceof FileOutbox file) {
      Tags tags = Tags.of("outbox", outbox.name());
      Gauge.builder("farshore.outbox.pending.events", file, FileOutbox::pending)
          .description("Events stored and not yet accepted by the broker")
          .tags(tags)
          .register(metrics);
      Gauge.builder("farshore.outbox.size.bytes", file, FileOutbox::bytes)
          .description("Bytes the outbox takes on disk")
          .tags(tags)
          .register(metrics);
      Gauge.builder("farshore.outbox.set.aside.bytes", file, FileOutbox::setAsideBytes)
          .description("Bytes found at start that were not whole events")
          .tags(tags)
          .register(metrics);
    }
  }

  private void measure(Outbox outbox, EventRelay relay) {
    Tags tags = Tags.of("outbox", outbox.name());
    FunctionCounter.builder("farshore.outbox.relayed", relay, EventRelay::relayed)
        .description("Events the broker accepted")
        .tags(tags)
        .register(metrics);
    FunctionCounter.builder("farshore.outbox.relay.failures", relay, EventRelay::failures)
        .description("Attempts to send that did not go through")
        .tags(tags)
        .register(metrics);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.with("thread", thread.getName()).warn("A relay did not stop in time");
      }
    }
    deliveries.forEach(AmqpDelivery::close);
  }
}
