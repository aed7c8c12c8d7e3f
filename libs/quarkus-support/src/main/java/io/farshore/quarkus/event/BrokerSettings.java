package io.farshore.quarkus.event;

import io.vertx.amqp.AmqpClientOptions;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where the broker is. The property names are those of the messaging connector, so that senders and
 * receivers of one service share them.
 *
 * @param host {@code amqp-host}
 * @param port {@code amqp-port}
 * @param username {@code amqp-username}
 * @param password {@code amqp-password}
 * @param tls {@code amqp-use-ssl}
 * @param address {@code farshore.events.address}: where events are sent
 */
public record BrokerSettings(
    String host,
    int port,
    Optional<String> username,
    Optional<String> password,
    boolean tls,
    String address) {
  /** Until a connection is there. */
  static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  /** Finds a connection that died without saying so. */
  private static final int HEARTBEAT_MILLIS = 10_000;

  private static final int AMQP_PORT = 5672;
  private static final String ADDRESS = "farshore.events";

  /** Empty if no broker is configured: then events stay in the outbox. */
  public static Optional<BrokerSettings> from(Config config) {
    return config
        .getOptionalValue("amqp-host", String.class)
        .map(
            host ->
                new BrokerSettings(
                    host,
                    config.getOptionalValue("amqp-port", Integer.class).orElse(AMQP_PORT),
                    config.getOptionalValue("amqp-username", String.class),
                    config.getOptionalValue("amqp-password", String.class),
                    config.getOptionalValue("amqp-use-ssl", Boolean.class).orElse(false),
                    config
                        .getOptionalValue("farshore.events.address", String.class)
                        .orElse(ADDRESS)));
  }

  /** For a client that notices a connection that is gone. */
  public AmqpClientOptions client() {
    AmqpClientOptions options =
        new AmqpClientOptions()
            .setHost(host)
            .setPort(port)
            .setSsl(tls)
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setHeartbeat(HEARTBEAT_MILLIS);
    username.ifPresent(options::setUsername);
    password.ifPresent(options::setPassword);
    return options;
  }

  @Override
  public String toString() {
    return "amqp" + (tls ? "s" : "") + "://" + host + ":" + port + "/" + address;
  }
}
