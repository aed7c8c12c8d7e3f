package io.farshore.replication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.farshore.quarkus.event.FileOutbox;
import io.farshore.replication.store.SampleQueue;
import io.farshore.testing.service.ServiceSurroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The whole service beside a real primary, a real standby and a database of its own. */
@QuarkusTest
@WithTestResource(ServiceSurroundings.class)
@WithTestResource(Databases.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicationServiceIT {
  @Inject FileOutbox outbox;
  @Inject SampleQueue samples;

  @TestHTTPResource(value = "/", management = true)
  @Nullable URI management;

  @Test
  @Order(1)
  void links_and_exposures_are_for_those_who_may_read() {
    given().get("/v1/links").then().statusCode(401);
    given()
        .header("Authorization", ServiceSurroundings.bearer("somebody", "nothing"))
        .get("/v1/exposures")
        .then()
        .statusCode(403);
  }

  @Test
  @Order(2)
  void the_link_to_the_standby_is_shown_with_its_lag_and_exposure() {
    await("link", () -> "idle".equals(links().getString("items[0].state")));
    JsonPath link = links();
    assertThat(link.getString("items[0].application")).isEqualTo("ledger");
    assertThat(link.getString("items[0].from")).isEqualTo("us-east");
    assertThat(link.getString("items[0].to")).isEqualTo("eu-west");
    assertThat(link.getLong("items[0].timeline")).isEqualTo(1);
    assertThat(link.getString("items[0].lastHeartbeatAt")).isNotNull();
    assertThat(Duration.parse(link.getString("items[0].heartbeatLag")))
        .isGreaterThanOrEqualTo(Duration.ZERO);
    JsonPath exposure = get("/v1/exposures");
    assertThat(exposure.getString("items[0].region")).isEqualTo("us-east");
    assertThat(exposure.getString("items[0].survivor")).isEqualTo("eu-west");
    assertThat(Duration.parse(exposure.getString("items[0].duration")))
        .isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(exposure.getLong("items[0].bytes")).isNotNegative();
    assertThat(exposure.getString("items[0].withinObjective")).isEqualTo("Unknown");
  }

  @Test
  @Order(3)
  void samples_are_stored_and_wait_while_the_own_database_is_away() throws Exception {
    await("samples", () -> Databases.storedSamples() > 0);
    Databases.own().kill();
    int before = samples.size();
    await("samples wait", () -> samples.size() > before + 3);
    assertThat(links().getString("items[0].state")).isEqualTo("idle");
    Databases.own().start();
    long stored = Databases.storedSamples();
    await("samples stored", () -> Databases.storedSamples() > stored + 3);
  }

  @Test
  @Order(4)
  void metrics_name_the_link() {
    given()
        .get(management + "metrics")
        .then()
        .statusCode(200)
        .body(containsString("farshore_replication_lag_bytes{application=\"ledger\""))
        .body(containsString("farshore_replication_lag_seconds{application=\"ledger\""))
        .body(containsString("farshore_exposure_seconds{application=\"ledger\""))
        .body(containsString("farshore_exposure_bytes{application=\"ledger\""));
    given().get(management + "health/ready").then().statusCode(200);
  }

  @Test
  @Order(5)
  void a_lost_link_is_shown_and_told_and_so_is_its_return() {
    Databases.standby().kill();
    await("lost", () -> "disconnected".equals(links().getString("items[0].state")));
    await("told", () -> storedEvents().stream().anyMatch(e -> e.contains("link.lost.v1")));
    Databases.standby().start();
    await("back", () -> links().getString("items[0].state").matches("idle|streaming"));
    await("told", () -> storedEvents().stream().anyMatch(e -> e.contains("link.restored.v1")));
  }

  @Test
  @Order(6)
  void a_dead_application_database_makes_measures_unknown_and_the_service_stays() {
    Databases.primary().kill();
    await("unknown", () -> "unknown".equals(links().getString("items[0].state")));
    JsonPath exposure = get("/v1/exposures");
    assertThat(exposure.getString("items[0].bytes")).isNull();
    assertThat(exposure.getString("items[0].duration")).isNotNull();
    given().get(management + "health/live").then().statusCode(200);
    Databases.primary().start();
    await("known again", () -> links().getString("items[0].state").matches("idle|streaming"));
  }

  private final List<String> delivered = new ArrayList<>();

  private List<String> storedEvents() throws InterruptedException {
    outbox.drain(
        100,
        events -> {
          events.forEach(event -> delivered.add(event.json()));
          return events.size();
        });
    return delivered;
  }

  private static JsonPath links() {
    return get("/v1/links");
  }

  private static JsonPath get(String path) {
    return given()
        .header("Authorization", ServiceSurroundings.bearer("viewer", "viewer"))
        .get(path)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("continueToken", equalTo(null))
        .extract()
        .jsonPath();
  }

  private static void await(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Throwable last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(100);
      } catch (Exception | AssertionError e) {
        last = e;
      }
      assertThat(System.nanoTime() - deadline)
          .as("waited for %s, last %s", what, last)
          .isNegative();
    }
  }
}
