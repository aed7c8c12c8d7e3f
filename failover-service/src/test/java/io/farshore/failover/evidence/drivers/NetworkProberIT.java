package io.farshore.failover.evidence.drivers;

import static io.farshore.failover.Fixtures.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.farshore.failover.evidence.Endpoint;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.testing.postgres.PostgresServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkProberIT {
  private static final String EAST = "us-east";
  private static final Duration TIMEOUT = Duration.ofMillis(800);

  @TempDir Path directory;

  @Test
  void aDatabaseServesIfPostgresAnswersAndNotBecauseItsPortIsOpen() throws Exception {
    Endpoint database = Endpoint.database(EAST, LEDGER);
    PostgresServer server = PostgresServer.builder(directory.resolve("data")).start();
    try (NetworkProber prober = prober("ledger-database", "127.0.0.1:" + server.port())) {
      probe(prober, database);

      // Its socket stays open, and no process of its own greets any more.
      server.pause();
      assertThatThrownBy(() -> probe(prober, database)).isInstanceOf(ExecutionException.class);
      server.resume();
      probe(prober, database);
    } finally {
      server.kill();
    }
  }

  @Test
  void aPortThatIsOpenAndSilentIsNoDatabaseAndNoService() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      try (NetworkProber prober = prober("ledger-database", address)) {
        assertThatThrownBy(() -> probe(prober, Endpoint.database(EAST, LEDGER)))
            .isInstanceOf(ExecutionException.class);
      }
      try (NetworkProber prober = prober("failover-service", "http://" + address)) {
        assertThatThrownBy(() -> probe(prober, Endpoint.control(EAST)))
            .isInstanceOf(ExecutionException.class);
      }
    }
  }

  @Test
  void aServiceServesWhateverItAnswersAndNotIfItsAnswerNeverEnds() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    String uri = "http://127.0.0.1:" + server.getAddress().getPort();
    try (NetworkProber prober = prober("failover-service", uri)) {
      probe(prober, Endpoint.control(EAST));

      server.removeContext("/");
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().flush();
          });
      assertThatThrownBy(() -> probe(prober, Endpoint.control(EAST)))
          .isInstanceOf(ExecutionException.class);
    } finally {
      server.stop(0);
    }
    try (NetworkProber prober = prober("failover-service", uri)) {
      assertThatThrownBy(() -> probe(prober, Endpoint.control(EAST)))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void onlyWhatTheAddressBookHoldsIsProbed() {
    try (NetworkProber prober = prober("gateway", "http://127.0.0.1:1")) {
      assertThat(prober.knows(Endpoint.gateway(EAST))).isTrue();
      assertThat(prober.knows(Endpoint.gateway("eu-west"))).isFalse();
      assertThat(prober.knows(Endpoint.control(EAST))).isFalse();
      assertThat(prober.knows(Endpoint.application(EAST, LEDGER))).isFalse();
    }
  }

  private static NetworkProber prober(String name, String address) {
    return new NetworkProber(AddressBook.of(Map.of(EAST, Map.of(name, address))));
  }

  /** Fails if the probe does; waits longer than the probe may take. */
  private static void probe(NetworkProber prober, Endpoint endpoint) throws Exception {
    prober
        .probe(endpoint, TIMEOUT)
        .toCompletableFuture()
        .get(TIMEOUT.toMillis() * 5, TimeUnit.MILLISECONDS);
  }
}
