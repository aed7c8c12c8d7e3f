package io.farshore.quarkus.event;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpSender;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to an AMQP 1.0 address as durable messages in CloudEvents structured mode. An event
 * counts as delivered when the broker has settled it as accepted. Connects when first needed and
 * again after any failure. Used by one thread.
 */
final class AmqpDelivery implements Outbox.EventDelivery, AutoCloseable {
  static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

  /** A healthy broker answers a durable batch in milliseconds; a full disk never does. */
  private static final long ACCEPT_TIMEOUT_MILLIS = 10_000;

  private static final Logger LOG = Logger.getLogger(AmqpDelivery.class);

  private final Vertx vertx;
  private final BrokerSettings broker;
  private @Nullable AmqpClient client;
  private @Nullable AmqpSender sender;

  AmqpDelivery(Vertx vertx, BrokerSettings broker) {
    this.vertx = vertx;
    this.broker = broker;
  }

  @Override
  public int deliver(List<StoredEvent> events) throws InterruptedException {
    int accepted = 0;
    try {
      AmqpSender open = sender();
      List<Future<Void>> sent = new ArrayList<>();
      for (StoredEvent event : events) {
        sent.add(open.sendWithAck(message(event)));
      }
      for (Future<Void> future : sent) {
        await(future, ACCEPT_TIMEOUT_MILLIS);
        accepted++;
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf(e, "Broker %s did not accept an event", broker);
      close();
    }
    return accepted;
  }

  private AmqpSender sender() throws InterruptedException, ExecutionException, TimeoutException {
    AmqpSender open = sender;
    if (open != null && !open.connection().isDisconnected()) {
      return open;
    }
    close();
    AmqpClient created = AmqpClient.create(vertx, broker.client());
    client = created;
    AmqpSender fresh =
        await(
            created
                .connect()
                .compose(
                    connection ->
                        connection.createSender(
                            broker.address(), new AmqpSenderOptions().addCapability("topic"))),
            2L * BrokerSettings.CONNECT_TIMEOUT_MILLIS);
    sender = fresh;
    return fresh;
  }

  private static AmqpMessage message(StoredEvent event) {
    return AmqpMessage.create()
        .id(event.id())
        .durable(true)
        .contentType(CONTENT_TYPE)
        .withBufferAsBody(Buffer.buffer(event.json()))
        .build();
  }

  private static <T> T await(Future<T> future, long millis)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    AmqpClient open = client;
    client = null;
    sender = null;
    if (open != null) {
      // Nothing depends on how the close ends: what was not accepted is sent again.
      open.close().onFailure(e -> LOG.debugf(e, "Closing the connection to %s", broker));
    }
  }
}
