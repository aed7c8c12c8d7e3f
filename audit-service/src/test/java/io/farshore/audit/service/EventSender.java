package io.farshore.audit.service;

import io.farshore.testing.service.Broker;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpSender;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends as other services do; a message counts as sent once the broker has accepted it. */
final class EventSender implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final AmqpSender sender;

  EventSender(int port) throws Exception {
    AmqpClient client =
        AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1").setPort(port));
    sender =
        await(
            client
                .connect()
                .compose(
                    connection ->
                        connection.createSender(
                            Broker.EVENTS, new AmqpSenderOptions().addCapability("topic"))));
  }

  void send(List<byte[]> bodies) throws Exception {
    send(bodies, "application/cloudevents+json; charset=utf-8");
  }

  void send(List<byte[]> bodies, String contentType) throws Exception {
    List<Future<Void>> sent = new ArrayList<>();
    for (byte[] body : bodies) {
      sent.add(
          sender.sendWithAck(
              AmqpMessage.create()
                  .durable(true)
                  .contentType(contentType)
                  .withBufferAsBody(Buffer.buffer(body))
                  .build()));
    }
    for (Future<Void> each : sent) {
      await(each);
    }
  }

  void sendText(String text) throws Exception {
    await(sender.sendWithAck(AmqpMessage.create().durable(true).withBody(text).build()));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close();
  }
}
