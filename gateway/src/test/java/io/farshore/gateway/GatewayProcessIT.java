package io.farshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.farshore.gateway.table.FileTableStore;
import io.farshore.gateway.table.Tables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway as it runs in production: started, killed, started again. */
class GatewayProcessIT {
  private static final String READY = "/q/health/ready";

  @TempDir Path directory = Path.of("set-by-junit");
  private @Nullable HttpServer east;
  private @Nullable HttpServer west;

  @BeforeEach
  void applications() throws IOException {
    east = application("east");
    west = application("west");
  }

  @AfterEach
  void stop() {
    stop(east);
    stop(west);
  }

  @Test
  void it_starts_and_routes_with_every_other_service_dead() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      new FileTableStore(gateway.data("routing-table")).save(Tables.table(9, 4, "eu-west"));
      gateway.settings.put("farshore.endpoints.us-east.failover-service", nobody());
      gateway.settings.put("farshore.endpoints.witness.failover-service", nobody());
      gateway.settings.put("amqp-host", "127.0.0.1");
      gateway.settings.put("amqp-port", nobody().replaceAll(".*:", ""));
      gateway.start(READY);

      HttpResponse<String> write = gateway.data("POST", "/x");
      assertThat(write.body()).isEqualTo("west");
      assertThat(write.headers().firstValue("Farshore-Epoch")).contains("4");
      assertThat(gateway.data("GET", "/x").statusCode()).isEqualTo(200);
      assertThat(gateway.management("/q/metrics", null).body())
          .contains("farshore_gateway_table_epoch 4.0", "farshore_gateway_table_age_seconds");
    }
  }

  @Test
  void without_any_table_it_is_not_ready_and_refuses_until_one_comes() throws Exception {
    try (GatewayProcess gateway = gateway();
        FailoverStub member = new FailoverStub(0, 1, "us-east")) {
      gateway.settings.put("farshore.endpoints.us-east.failover-service", member.url());
      gateway.start("/q/health/live");
      assertThat(gateway.management(READY, null).statusCode()).isEqualTo(503);
      assertThat(gateway.data("GET", "/x").body()).contains("\"no-route\"");

      member.publish(1, 1, "us-east");
      await(() -> gateway.management(READY, null).statusCode() == 200);
      assertThat(gateway.data("POST", "/x").body()).isEqualTo("east");
    }
  }

  @Test
  void a_failover_is_learnt_from_whoever_knows_it_and_survives_kill_and_restart() throws Exception {
    try (GatewayProcess gateway = gateway();
        FailoverStub local = new FailoverStub(5, 1, "us-east");
        FailoverStub witness = new FailoverStub(5, 1, "us-east")) {
      gateway.settings.put("farshore.endpoints.us-east.failover-service", local.url());
      gateway.settings.put("farshore.endpoints.witness.failover-service", witness.url());
      gateway.start(READY);
      assertThat(gateway.data("POST", "/x").body()).isEqualTo("east");

      // The local member lives, but is cut off: it still says what was.
      witness.publish(8, 2, "eu-west");
      await(() -> gateway.data("POST", "/x").body().equals("west"));
      // … and even learns of something newer in the old epoch.
      int polls = local.polls.get();
      local.publish(99, 1, "us-east");
      await(() -> local.polls.get() > polls);
      assertThat(gateway.data("POST", "/x").body()).isEqualTo("west");

      await(() -> new FileTableStore(gateway.data("routing-table")).load().isPresent());
      gateway.kill();
      witness.stop();
      gateway.start(READY);

      assertThat(gateway.data("POST", "/x").body()).isEqualTo("west");
      assertThat(gateway.api("/v1/routes", gateway.token("viewer")).body())
          .contains("\"epoch\":2", "\"writer\":\"eu-west\"", "\"source\":\"disk\"");
    }
  }

  @Test
  void the_api_wants_a_token_with_a_role_and_explains_what_requests_meet() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      new FileTableStore(gateway.data("routing-table")).save(Tables.table(9, 4, "eu-west"));
      gateway.start(READY);
      String viewer = gateway.token("viewer");

      assertThat(gateway.api("/v1/routes", null).statusCode()).isEqualTo(401);
      assertThat(gateway.api("/v1/routes", "nonsense").statusCode()).isEqualTo(401);
      assertThat(gateway.api("/v1/routes", gateway.token("nobody")).statusCode()).isEqualTo(403);
      assertThat(gateway.api("/v1/routes:explain?method=POST&path=/t", viewer).body())
          .contains("\"region\":\"eu-west\"", "\"rule\":\"writer\"", "\"write\":true");
      assertThat(gateway.api("/v1/routes:explain?method=nonsense&path=x", viewer))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(400);
      await(
          () ->
              gateway.api("/v1/routes", viewer).body().contains("\"readsGoTo\":\"us-east\"")
                  && gateway.data("GET", "/x").body().equals("east"));
    }
  }

  @Test
  void the_page_is_self_contained_and_its_stream_wants_a_viewer() throws Exception {
    try (GatewayProcess gateway = gateway();
        HttpClient http = HttpClient.newHttpClient()) {
      new FileTableStore(gateway.data("routing-table")).save(Tables.table(9, 4, "eu-west"));
      gateway.start(READY);

      HttpResponse<String> page = gateway.management("/console/", null);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .doesNotContain("unsafe", "http");
      for (String file : new String[] {"", "console.js", "console.css"}) {
        assertThat(gateway.management("/console/" + file, null).body())
            .as(file)
            .isNotBlank()
            .doesNotContain("http://", "https://", "innerHTML =");
      }
      assertThat(page.body()).contains("<link rel=\"icon\" href=\"icon.svg\"");
      HttpResponse<String> icon = gateway.management("/console/icon.svg", null);
      assertThat(icon.headers().firstValue("Content-Type")).contains("image/svg+xml");
      assertThat(icon.body()).startsWith("<svg").doesNotContain("href", "script");
      assertThat(gateway.management("/console", null).statusCode()).isEqualTo(302);
      assertThat(gateway.management("/", null).headers().firstValue("Location"))
          .contains("/console/");
      assertThat(gateway.management("/console/stream", null).statusCode()).isEqualTo(401);
      assertThat(gateway.management("/console/stream", gateway.token("service")).statusCode())
          .isEqualTo(403);

      HttpResponse<InputStream> stream =
          http.send(
              GatewayProcess.request(
                      gateway.managementPort, "/console/stream", gateway.token("viewer"))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 3; i++) {
          assertThat(lines.readLine()).isEqualTo("event: snapshot");
          assertThat(lines.readLine())
              .startsWith("data: {")
              .contains("\"writer\":\"eu-west\"", "\"unknownSince\"");
          assertThat(lines.readLine()).isEmpty();
        }
      }
    }
  }

  @Test
  void a_wrong_configuration_is_refused_and_every_fault_named() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      Map<String, String> wrong =
          Map.of(
              "farshore.gateway.listen", "nonsense",
              "farshore.gateway.application", "Not A Name",
              "farshore.gateway.residency", "mars",
              "farshore.gateway.response-timeout", "0s",
              "farshore.gateway.health.path", "ready");
      gateway.settings.putAll(wrong);
      Process process = gateway.begin();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isNotZero();
      assertThat(Files.readString(gateway.log())).contains(wrong.keySet());
    }
  }

  private GatewayProcess gateway() throws Exception {
    GatewayProcess gateway = new GatewayProcess(Files.createTempDirectory(directory, "gateway"));
    gateway.settings.put("farshore.endpoints.us-east.ledger", url(east));
    gateway.settings.put("farshore.endpoints.eu-west.ledger", url(west));
    return gateway;
  }

  private static String url(@Nullable HttpServer server) {
    return "http://127.0.0.1:" + Objects.requireNonNull(server).getAddress().getPort();
  }

  private static HttpServer application(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = name.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void stop(@Nullable HttpServer server) {
    if (server != null) {
      server.stop(0);
    }
  }

  private static String nobody() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + taken.getLocalPort();
    }
  }

  private static void await(Check check) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!check.holds()) {
      assertThat(System.nanoTime() - deadline).as("waited too long").isNegative();
      Thread.sleep(20);
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }
}
