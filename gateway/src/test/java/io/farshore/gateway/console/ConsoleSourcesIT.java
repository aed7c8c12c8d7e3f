package io.farshore.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.farshore.gateway.console.ConsoleSources.Source;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.AddressBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConsoleSourcesIT {
  private static final RegionId EAST = new RegionId("us-east");
  private static final RegionId WEST = new RegionId("eu-west");
  private static final int ENDLESS = 2 * 1024 * 1024;

  private final List<HttpServer> servers = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() {
    end.countDown();
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void a_region_that_falls_silent_within_its_answer_does_not_keep_the_next_from_being_asked()
      throws Exception {
    String east = server("{\"region\": \"us-e", ENDLESS);
    String west = server("{\"region\": \"eu-west\"}", 0);

    ConsoleBlock block = ask(east, west);

    assertThat(block.from()).isEqualTo("eu-west");
    assertThat(Objects.requireNonNull(block.data()).path("region").asText()).isEqualTo("eu-west");
    assertThat(block.unknownSince()).isNull();
  }

  @Test
  void an_answer_without_an_end_is_none() throws Exception {
    String east = server("\"" + "x".repeat(ENDLESS) + "\"", 0);
    String west = server("{", 0);

    ConsoleBlock block = ask(east, west);

    assertThat(block.data()).isNull();
    assertThat(block.unknownSince()).isNotNull();
    assertThat(block.error()).isNotBlank();
  }

  private ConsoleBlock ask(String east, String west) throws InterruptedException {
    AddressBook book =
        AddressBook.of(
            Map.of("us-east", Map.of("service", east), "eu-west", Map.of("service", west)));
    Clock clock = Clock.systemUTC();
    try (ConsoleSources sources = new ConsoleSources(book, EAST, () -> "token", clock)) {
      return sources.refresh(
          new Source(List.of(EAST, WEST), "service", "/v1/x"), ConsoleBlock.never(clock.instant()));
    }
  }

  /** Sends {@code body}, and then nothing of the {@code missing} bytes it promised. */
  private String server(String body, int missing) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length + missing);
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          if (missing > 0) {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
