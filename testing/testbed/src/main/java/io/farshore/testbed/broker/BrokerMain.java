package io.farshore.testbed.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * Runs one Artemis broker: AMQP 1.0 on loopback, durable, with Farshore's one address and the audit
 * log's queue on it.
 *
 * <p>Arguments: port, data directory, user, password.
 */
public final class BrokerMain {
  private static final String ADDRESS = "farshore.events";
  private static final String AUDIT_QUEUE = "audit";

  /** Where messages go that a receiver rejected. */
  private static final String DEAD_LETTERS = "farshore.dead-letters";

  private static final String ROLE = "farshore";

  /** An unattended queue must fill neither memory nor disk of the machine. */
  private static final long MEMORY_BYTES_MAX = 32L * 1024 * 1024;

  /** Would log every message; held here because the JVM forgets loggers nobody holds. */
  private static final Logger MESSAGE_LOG = Logger.getLogger("org.apache.activemq.audit");

  private BrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    MESSAGE_LOG.setLevel(Level.WARNING);
    int port = Integer.parseInt(arguments[0]);
    Path data = Path.of(arguments[1]);
    ActiveMQServerImpl broker =
        new ActiveMQServerImpl(configuration(port, data), security(arguments[2], arguments[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "broker-stop"));
    broker.start();
    System.out.println("broker accepts AMQP on 127.0.0.1:" + port);
  }

  private static void stop(ActiveMQServerImpl broker) {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException("broker did not stop in order", e);
    }
  }

  private static ConfigurationImpl configuration(int port, Path data) throws Exception {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration
        .setPersistenceEnabled(true)
        .setJournalType(JournalType.NIO)
        .setJournalMinFiles(2)
        .setJournalFileSize(4 * 1024 * 1024)
        .setJournalDirectory(data.resolve("journal").toString())
        .setBindingsDirectory(data.resolve("bindings").toString())
        .setLargeMessagesDirectory(data.resolve("large-messages").toString())
        .setPagingDirectory(data.resolve("paging").toString())
        .setSecurityEnabled(true)
        .setJMXManagementEnabled(false)
        .setScheduledThreadPoolMaxSize(2)
        .setThreadPoolMaxSize(8)
        .setGlobalMaxSize(MEMORY_BYTES_MAX)
        .addAcceptorConfiguration(
            "amqp",
            "tcp://127.0.0.1:"
                + port
                + "?protocols=AMQP;amqpDuplicateDetection=true;useEpoll=false;useKQueue=false")
        .addAddressSetting(
            "#",
            new AddressSettings()
                .setAutoCreateAddresses(true)
                .setAutoDeleteQueues(false)
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS)))
        .addAddressConfiguration(address(ADDRESS, RoutingType.MULTICAST, AUDIT_QUEUE))
        .addAddressConfiguration(address(DEAD_LETTERS, RoutingType.ANYCAST, DEAD_LETTERS))
        .setSecurityRoles(
            Map.of(
                "#",
                Set.of(
                    new Role(
                        ROLE, true, true, true, true, true, true, false, true, true, true, false,
                        false))));
    return configuration;
  }

  private static CoreAddressConfiguration address(String name, RoutingType type, String queue) {
    return new CoreAddressConfiguration()
        .setName(name)
        .addRoutingType(type)
        .addQueueConfig(
            QueueConfiguration.of(queue).setAddress(name).setRoutingType(type).setDurable(true));
  }

  private static ActiveMQJAASSecurityManager security(String user, String password) {
    SecurityConfiguration users = new SecurityConfiguration();
    users.addUser(user, password);
    users.addRole(user, ROLE);
    return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
  }
}
