package io.farshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.farshore.client.FarshoreJson;
import io.farshore.gateway.table.FileTableStore;
import io.farshore.gateway.table.Tables;
import io.farshore.testing.service.Broker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged gateway overhears at a broker, and shows of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConsoleEventsIT {
  private static final String CHANGED = "io.farshore.gateway.upstream-health.changed.v1";

  @TempDir Path directory = Path.of("set-by-junit");

  @Test
  void events_reach_the_page_with_what_they_are_about_and_not_with_all_they_hold()
      throws Exception {
    HttpServer application =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    application.start();
    Path home = Files.createDirectories(directory.resolve("gateway"));
    try (Broker broker = Broker.start(directory.resolve("broker"));
        GatewayProcess gateway = new GatewayProcess(home);
        HttpClient http = HttpClient.newHttpClient()) {
      gateway.settings.put(
          "farshore.endpoints.us-east.ledger",
          "http://127.0.0.1:" + application.getAddress().getPort());
      gateway.settings.put("amqp-host", "127.0.0.1");
      gateway.settings.put("amqp-port", Integer.toString(broker.port()));
      new FileTableStore(gateway.data("routing-table")).save(Tables.table(9, 4, "us-east"));
      gateway.start("/q/health/live");

      HttpResponse<InputStream> stream =
          http.send(
              GatewayProcess.request(
                      gateway.managementPort, "/console/stream", gateway.token("viewer"))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        until(
            lines,
            snapshot ->
                snapshot.path("eventsLive").asBoolean()
                    && snapshot
                        .path("routes")
                        .path("upstreams")
                        .path(0)
                        .path("state")
                        .asText()
                        .equals("healthy"));
        application.stop(0);
        JsonNode seen = until(lines, snapshot -> !toDown(snapshot).isMissingNode());

        assertThat(toDown(seen).path("subject").asText()).isEqualTo("regions/us-east");
        assertThat(toDown(seen).path("particulars").fieldNames())
            .toIterable()
            .containsExactlyInAnyOrder("upstream", "from", "to");
      }
    } finally {
      application.stop(0);
    }
  }

  private static JsonNode toDown(JsonNode snapshot) {
    for (JsonNode event : snapshot.path("events")) {
      if (event.path("type").asText().equals(CHANGED)
          && event.path("particulars").path("to").asText().equals("down")) {
        return event;
      }
    }
    return snapshot.path("none");
  }

  private static JsonNode until(BufferedReader lines, Predicate<JsonNode> wanted)
      throws IOException {
    ObjectMapper json = FarshoreJson.lenient();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        JsonNode snapshot = json.readTree(line.substring("data: ".length()));
        if (wanted.test(snapshot)) {
          return snapshot;
        }
      }
    }
    throw new AssertionError("the stream ended");
  }
}
