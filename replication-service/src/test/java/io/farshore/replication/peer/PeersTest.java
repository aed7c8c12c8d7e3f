package io.farshore.replication.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.farshore.client.ServiceClient;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final ApplicationId LEDGER = new ApplicationId("ledger");
  private static final RegionId EAST = new RegionId("us-east");
  private static final RegionId WEST = new RegionId("eu-west");

  private final AtomicLong seconds = new AtomicLong(100);
  private final ServiceClient client = new ServiceClient(() -> "token", Optional::empty);
  private volatile String answer = "";
  private volatile int status = 200;
  private HttpServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/any");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.close();
  }

  @Test
  void only_the_writing_regions_own_word_about_us_counts_and_not_for_long() {
    WriterViews views = new WriterViews(client, WEST, this::now);
    answer =
        page(
            exposure("ledger", "us-east", "eu-west", 4711),
            exposure("ledger", "us-east", "ap-south", 1),
            exposure("other", "eu-west", "us-east", 2));

    views.ask(EAST, uri);

    assertThat(views.exposedBytes(LEDGER, EAST)).hasValue(4711);
    assertThat(views.exposedBytes(new ApplicationId("other"), EAST)).isEmpty();
    assertThat(views.exposedBytes(LEDGER, WEST)).isEmpty();
    seconds.addAndGet(4);
    assertThat(views.exposedBytes(LEDGER, EAST)).isEmpty();
  }

  @Test
  void garbage_and_refusals_leave_what_was_known_to_grow_old() {
    WriterViews views = new WriterViews(client, WEST, this::now);
    answer = page(exposure("ledger", "us-east", "eu-west", 4711));
    views.ask(EAST, uri);
    for (String garbage : new String[] {"", "<html>", "{}", "[1]", "{\"items\":null}"}) {
      answer = garbage;
      views.ask(EAST, uri);
    }
    status = 503;
    views.ask(EAST, uri);
    server.stop(0);
    views.ask(EAST, uri);

    assertThat(views.exposedBytes(LEDGER, EAST)).hasValue(4711);
  }

  @Test
  void objective_and_epoch_are_told_by_the_catalogue_and_the_epoch_is_ours_only_if_we_hold_it() {
    Catalogue here = new Catalogue(client, EAST);
    Catalogue elsewhere = new Catalogue(client, WEST);
    answer = application("us-east", 7);

    here.ask(LEDGER, uri);
    elsewhere.ask(LEDGER, uri);

    assertThat(here.objective(LEDGER)).contains(Duration.ofSeconds(30));
    assertThat(here.epoch(LEDGER)).contains(new Epoch(7));
    assertThat(elsewhere.epoch(LEDGER)).isEmpty();
    assertThat(here.writesElsewhere(LEDGER)).isFalse();
    assertThat(elsewhere.writesElsewhere(LEDGER)).isTrue();
    assertThat(elsewhere.writesElsewhere(new ApplicationId("other"))).isFalse();
    status = 500;
    here.ask(LEDGER, uri);
    assertThat(here.objective(LEDGER)).contains(Duration.ofSeconds(30));
    assertThat(here.objective(new ApplicationId("other"))).isEmpty();
  }

  private MonotonicInstant now() {
    return new MonotonicInstant("test", seconds.get() * 1_000_000_000L);
  }

  private static String page(String... items) {
    return "{\"items\":[" + String.join(",", items) + "]}";
  }

  private static String exposure(String application, String from, String to, long bytes) {
    return """
        {"application":"%s","region":"%s","survivor":"%s","bytes":%d,
         "withinObjective":"Unknown","observedAt":"2026-11-21T12:00:00Z"}"""
        .formatted(application, from, to, bytes);
  }

  private static String application(String holder, long epoch) {
    return """
        {"metadata":{"name":"ledger","labels":{},"generation":1},
         "spec":{"owner":"payments","tier":"critical","recoveryPointObjective":"PT30S",
                 "recoveryTimeObjective":"PT60S","regions":[],"components":[],
                 "failover":{"mode":"automatic","leaseDuration":"PT5S","probeInterval":"PT1S",
                             "failureThreshold":3,"commitGate":true}},
         "status":{"observedGeneration":1,
                   "lease":{"application":"ledger","holder":"%s","epoch":%d,"duration":"PT5S",
                            "renewedAt":"2026-11-21T12:00:00Z","expired":false},
                   "conditions":[]}}"""
        .formatted(holder, epoch);
  }
}
