package io.farshore.quarkus.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testing.service.Broker;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay against a real broker that comes and goes. */
@NullUnmarked
class EventRelayIT {
  private static final long PATIENCE_SECONDS = 30;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<AmqpMessage> received = new LinkedBlockingQueue<>();
  private FileOutbox outbox;
  private AmqpDelivery delivery;
  private Thread relay;
  private Broker broker;
  private int port;

  @BeforeEach
  void open() throws Exception {
    outbox = FileOutbox.open(directory.resolve("outbox"), FileOutbox.BYTES_MAX_DEFAULT);
    port = Broker.freePort();
  }

  @AfterEach
  void close() throws Exception {
    stopRelay();
    outbox.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    if (broker != null) {
      broker.close();
    }
  }

  private EventRelay startRelay() {
    delivery =
        new AmqpDelivery(
            vertx,
            new BrokerSettings(
                "127.0.0.1", port, Optional.empty(), Optional.empty(), false, Broker.EVENTS));
    EventRelay started = new EventRelay(outbox, delivery);
    relay = Thread.ofVirtual().start(started);
    return started;
  }

  private void stopRelay() throws InterruptedException {
    if (relay != null) {
      relay.interrupt();
      relay.join();
      delivery.close();
    }
  }

  private void startBroker() throws Exception {
    broker = Broker.start(directory.resolve("broker"), port);
  }

  private void stopBroker() throws Exception {
    broker.close();
    broker = null;
  }

  private List<String> store(int count, String prefix) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(prefix + "-" + i);
      outbox.append(new StoredEvent(prefix + "-" + i, "{\"id\":\"" + prefix + "-" + i + "\"}"));
    }
    return ids;
  }

  private List<AmqpMessage> receive(int count) throws Exception {
    AmqpClient client =
        AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1").setPort(port));
    client
        .createReceiver(Broker.EVENTS + "::" + Broker.AUDIT_QUEUE)
        .onSuccess(receiver -> receiver.handler(received::add))
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List<AmqpMessage> messages = new ArrayList<>();
    while (messages.size() < count) {
      AmqpMessage message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("message %d of %d", messages.size() + 1, count).isNotNull();
      messages.add(message);
    }
    client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return messages;
  }

  private void awaitEmptyOutbox() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (outbox.pending() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(outbox.pending()).isZero();
  }

  private static List<String> ids(List<AmqpMessage> messages) {
    return messages.stream().map(AmqpMessage::id).toList();
  }

  @Test
  void eventsArriveInOrderAsDurableCloudEvents() throws Exception {
    startBroker();
    List<String> ids = store(200, "e");
    startRelay();

    List<AmqpMessage> messages = receive(200);

    assertThat(ids(messages)).isEqualTo(ids);
    AmqpMessage first = messages.getFirst();
    assertThat(first.isDurable()).isTrue();
    assertThat(first.contentType()).startsWith("application/cloudevents+json");
    assertThat(first.bodyAsBinary().toString()).isEqualTo("{\"id\":\"e-0\"}");
  }

  @Test
  void eventsStoredWhileTheBrokerIsAwayArriveWhenItComes() throws Exception {
    EventRelay started = startRelay();
    List<String> ids = store(10, "early");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (started.failures() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(started.failures()).isGreaterThanOrEqualTo(2);

    startBroker();

    assertThat(ids(receive(10))).isEqualTo(ids);
  }

  @Test
  void aBrokerThatRestartsInTheMiddleLosesNothing() throws Exception {
    startBroker();
    startRelay();
    List<String> ids = new ArrayList<>(store(50, "before"));
    awaitEmptyOutbox();
    stopBroker();
    ids.addAll(store(50, "during"));
    startBroker();
    ids.addAll(store(50, "after"));
    awaitEmptyOutbox();

    List<String> arrived = ids(receive((int) broker.depth(Broker.AUDIT_QUEUE)));

    assertThat(arrived.stream().distinct().toList()).isEqualTo(ids);
  }

  @Test
  void aRelayKilledBetweenSendingAndNotingItSendsAgain() throws Exception {
    startBroker();
    List<String> ids = store(20, "e");
    AmqpDelivery real =
        new AmqpDelivery(
            vertx,
            new BrokerSettings(
                "127.0.0.1", port, Optional.empty(), Optional.empty(), false, Broker.EVENTS));
    try {
      outbox.drain(
          20,
          events -> {
            assertThat(real.deliver(events)).isEqualTo(20);
            throw new IllegalStateException("killed here");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed here");
    } finally {
      real.close();
    }
    outbox.close();
    outbox = FileOutbox.open(directory.resolve("outbox"), FileOutbox.BYTES_MAX_DEFAULT);

    startRelay();

    List<String> arrived = ids(receive(40));
    assertThat(arrived.subList(0, 20)).isEqualTo(ids);
    assertThat(arrived.subList(20, 40)).isEqualTo(ids);
  }
}
