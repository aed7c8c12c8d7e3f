package io.farshore.audit.log.messaging;

import io.farshore.audit.log.AuditLog;
import io.farshore.audit.log.EventIntake;
import io.farshore.audit.log.EventIntake.Verdict;
import io.farshore.quarkus.log.KeyedLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the broker. A message is acknowledged once its event is durable in the log; one
 * that is no event is rejected, which sends it to the broker's dead letters. A message without a
 * verdict stays unsettled and comes again.
 */
@ApplicationScoped
public class EventConsumer {
  private static final KeyedLog LOG = KeyedLog.of(EventConsumer.class);

  private final EventIntake intake;
  private final AuditLog log;
  private final Counter rejected;

  @Inject
  EventConsumer(EventIntake intake, AuditLog log, MeterRegistry metrics) {
    this.intake = intake;
    this.log = log;
    this.rejected =
        Counter.builder("farshore.audit.rejected")
            .description("Messages that were no events and went to the dead letters")
            .register(metrics);
  }

  /** Answers when the next message may come, not when this one is settled: those go in batches. */
  @Incoming("events")
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  public CompletionStage<@Nullable Void> on(Message<?> message) {
    intake
        .take(body(message.getPayload()))
        .whenComplete((verdict, failure) -> settle(message, verdict, failure));
    return log.room();
  }

  private void settle(Message<?> message, @Nullable Verdict verdict, @Nullable Throwable failure) {
    if (verdict == null) {
      LOG.with("error", failure).info("A message stays with the broker");
      return;
    }
    CompletionStage<Void> settled =
        switch (verdict) {
          case Verdict.Logged logged -> message.ack();
          case Verdict.Rejected(String reason) -> {
            rejected.increment();
            LOG.with("error", reason).error("A message is no event and was rejected");
            yield message.nack(new RejectedMessage(reason));
          }
        };
    // A broker that is gone delivers again; the log knows the event then.
    settled.exceptionally(
        gone -> {
          LOG.with("error", gone).debug("A message could not be settled");
          return null;
        });
  }

  /** The connector decodes bodies by their content type. */
  private static byte[] body(Object payload) {
    return switch (payload) {
      case byte[] bytes -> bytes;
      case Buffer buffer -> buffer.getBytes();
      case JsonObject object -> object.toBuffer().getBytes();
      case JsonArray array -> array.toBuffer().getBytes();
      default -> payload.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Why a message was rejected. */
  private static final class RejectedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RejectedMessage(String reason) {
      super(reason, null, false, false);
    }
  }
}
