package io.farshore.gateway.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.quarkus.event.BrokerSettings;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiver;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of the region, overheard at its broker by a subscription that leaves nothing
 * behind. For looking at only: what must not be missed is in the audit log. Thread-safe.
 */
final class EventTail implements AutoCloseable {
  /** As many as a page shows. */
  static final int EVENTS_MAX = 30;

  /** Longer events are for programs. */
  private static final int EVENT_CHARS_MAX = 64 * 1024;

  private static final long AGAIN_MILLIS = 2_000;

  private final Vertx vertx;
  private final Clock clock;
  private final ObjectMapper json = FarshoreJson.lenient();
  private final ArrayDeque<EventLine> latest = new ArrayDeque<>();
  private final Optional<BrokerSettings> broker;
  private final Optional<AmqpClient> client;
  private volatile boolean live;
  private volatile boolean closed;

  EventTail(Vertx vertx, Config config, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.broker = BrokerSettings.from(config);
    this.client = broker.map(settings -> AmqpClient.create(vertx, settings.client()));
  }

  /** Subscribes, and again after every failure. Does nothing without a broker. */
  void start() {
    client.ifPresent(this::subscribe);
  }

  private void subscribe(AmqpClient amqp) {
    Future<AmqpReceiver> subscribed =
        amqp.connect()
            .compose(
                connection ->
                    receiver(connection)
                        .onFailure(
                            _ -> {
                              var _ = connection.close();
                            }));
    var _ =
        subscribed
            .onSuccess(
                receiver -> {
                  live = true;
                  receiver.connection().exceptionHandler(_ -> again(amqp));
                  receiver.handler(this::on);
                })
            .onFailure(_ -> again(amqp));
  }

  private Future<AmqpReceiver> receiver(AmqpConnection connection) {
    // A topic subscription: a copy for us, and nothing kept when we are gone.
    return connection.createReceiver(
        broker.orElseThrow().address(),
        new AmqpReceiverOptions().addCapability("topic").setAutoAcknowledgement(true));
  }

  private void again(AmqpClient amqp) {
    live = false;
    if (!closed) {
      vertx.setTimer(AGAIN_MILLIS, _ -> subscribe(amqp));
    }
  }

  private void on(AmqpMessage message) {
    String text = text(message);
    if (text != null && text.length() <= EVENT_CHARS_MAX) {
      add(text);
    }
  }

  /** Adds an event in its JSON form, unless it is among the latest already. */
  void add(String text) {
    EventLine line;
    try {
      line = EventLine.of(json.readTree(text));
    } catch (JsonProcessingException e) {
      // Not one of ours; whoever consumes the address for real will complain.
      line = EventLine.unreadable(clock.instant());
    }
    add(line);
  }

  private static @Nullable String text(AmqpMessage message) {
    Object body = message.unwrap().getBody();
    return switch (body) {
      case org.apache.qpid.proton.amqp.messaging.Data data ->
          new String(
              data.getValue().getArray(),
              data.getValue().getArrayOffset(),
              data.getValue().getLength(),
              StandardCharsets.UTF_8);
      case org.apache.qpid.proton.amqp.messaging.AmqpValue value
          when value.getValue() instanceof String text ->
          text;
      case null, default -> null;
    };
  }

  // Events are delivered at least once.
  private synchronized void add(EventLine line) {
    if (!line.id().isEmpty() && latest.stream().anyMatch(known -> known.id().equals(line.id()))) {
      return;
    }
    latest.addFirst(line);
    if (latest.size() > EVENTS_MAX) {
      latest.removeLast();
    }
  }

  synchronized List<EventLine> latest() {
    return List.copyOf(latest);
  }

  /** Whether events arrive as they happen. */
  boolean live() {
    return live;
  }

  @Override
  public void close() {
    closed = true;
    client.ifPresent(
        amqp -> {
          var _ = amqp.close();
        });
  }
}
