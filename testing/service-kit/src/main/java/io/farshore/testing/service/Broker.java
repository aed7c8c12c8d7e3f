package io.farshore.testing.service;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A real AMQP 1.0 broker within the test's process, with the events' address and the audit
 * service's durable queue, as a region's broker has them. Stopped and started again on the same
 * directory it has kept what was durable.
 */
public final class Broker implements AutoCloseable {
  /** Where every service sends its events. */
  public static final String EVENTS = "farshore.events";

  /** Where the audit service reads them. */
  public static final String AUDIT_QUEUE = "audit";

  /** Where messages go that a receiver rejected. */
  public static final String DEAD_LETTERS = "farshore.dead-letters";

  private final EmbeddedActiveMQ server;
  private final int port;

  private Broker(EmbeddedActiveMQ server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts on a free port of the loopback interface. */
  public static Broker start(Path directory) throws Exception {
    return start(directory, freePort());
  }

  /** Starts on {@code port}. */
  public static Broker start(Path directory, int port) throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setSecurityEnabled(false);
    configuration.setPersistenceEnabled(true);
    configuration.setJournalDirectory(directory.resolve("journal").toString());
    configuration.setBindingsDirectory(directory.resolve("bindings").toString());
    configuration.setLargeMessagesDirectory(directory.resolve("large").toString());
    configuration.setPagingDirectory(directory.resolve("paging").toString());
    configuration.setJournalFileSize(1024 * 1024);
    configuration.setGracefulShutdownEnabled(false);
    configuration.addAcceptorConfiguration(
        "amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP&amqpDuplicateDetection=true");
    configuration.addAddressConfiguration(
        new CoreAddressConfiguration()
            .setName(EVENTS)
            .addRoutingType(RoutingType.MULTICAST)
            .addQueueConfig(
                QueueConfiguration.of(AUDIT_QUEUE)
                    .setAddress(EVENTS)
                    .setRoutingType(RoutingType.MULTICAST)
                    .setDurable(true)));
    configuration.addAddressConfiguration(
        new CoreAddressConfiguration()
            .setName(DEAD_LETTERS)
            .addRoutingType(RoutingType.ANYCAST)
            .addQueueConfig(
                QueueConfiguration.of(DEAD_LETTERS)
                    .setAddress(DEAD_LETTERS)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true)));
    configuration.addAddressSetting(
        "#", new AddressSettings().setDeadLetterAddress(SimpleString.of(DEAD_LETTERS)));
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setConfiguration(configuration);
    server.start();
    return new Broker(server, port);
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  /** Messages waiting in {@code queue}. */
  public long depth(String queue) {
    return server.getActiveMQServer().locateQueue(queue).getMessageCount();
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("The broker did not stop", e);
    }
  }
}
