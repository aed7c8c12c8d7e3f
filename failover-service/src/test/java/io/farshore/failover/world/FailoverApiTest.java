package io.farshore.failover.world;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testing.service.ServiceSurroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service from outside, as one of three members. */
@NullUnmarked
@QuarkusTest
@WithTestResource(QuorumSurroundings.class)
class FailoverApiTest {
  private static final String SPEC =
      """
      {"owner":"%s","tier":"critical",
       "regions":[{"name":"us-east","role":"primary"},{"name":"eu-west","role":"standby"}],
       "components":[{"name":"database","kind":"postgresql"},{"name":"api","kind":"http"}],
       "failover":{"mode":"manual","leaseDuration":"PT5S","probeInterval":"PT1S",
                   "failureThreshold":3,"commitGate":true}}
      """;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @BeforeEach
  void ready() {
    TestWorld.await(
        "the quorum", () -> given().get(management + "health/ready").statusCode() == 200);
  }

  private static RequestSpecification as(String role) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", ServiceSurroundings.bearer("olga", role))
        .contentType("application/json");
  }

  private static String declared() {
    String name = "app-" + UUID.randomUUID();
    assertThat(put(name, "payments", null).statusCode()).isEqualTo(201);
    return name;
  }

  private static Response put(String name, String owner, String ifMatch) {
    RequestSpecification request = as("operator").body(SPEC.formatted(owner));
    return (ifMatch == null ? request : request.header("If-Match", ifMatch))
        .put("/v1/applications/" + name);
  }

  @Test
  void declarationIsReadBackAndChangedOnlyByWhoHasReadIt() {
    String name = declared();

    Response read = as("viewer").get("/v1/applications/" + name);
    assertThat(read.jsonPath().getString("spec.recoveryPointObjective")).isEqualTo("PT1M");
    assertThat(read.header("ETag")).isEqualTo("\"1\"");

    assertThat(put(name, "treasury", null).statusCode()).isEqualTo(428);
    assertThat(put(name, "treasury", "\"9\"").statusCode()).isEqualTo(412);
    assertThat(put(name, "treasury", "\"1\"").header("ETag")).isEqualTo("\"2\"");
    assertThat(put(name, "treasury", "\"1\"").statusCode()).isEqualTo(200);
  }

  @Test
  void garbageIsRefusedByField() {
    Response response =
        as("operator")
            .body(SPEC.formatted(" ").replace("critical", "golden").replace("PT5S", "PT1S"))
            .put("/v1/applications/ledger");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getList("errors.pointer", String.class))
        .containsExactlyInAnyOrder("/owner", "/tier", "/failover/leaseDuration");
    assertThat(as("operator").body("{").put("/v1/applications/x").statusCode()).isEqualTo(400);
    assertThat(put("Not A Name".replace(' ', '_'), "payments", null).statusCode()).isEqualTo(400);
    assertThat(as("viewer").get("/v1/routing-table?wait=soon").statusCode()).isEqualTo(400);
    assertThat(as("viewer").get("/v1/executions?limit=0").statusCode()).isEqualTo(400);
    assertThat(as("viewer").get("/v1/applications/unknown").statusCode()).isEqualTo(404);
  }

  @Test
  void whoMayNotIsTurnedAway() {
    assertThat(given().get("/v1/leases").statusCode()).isEqualTo(401);
    assertThat(as("viewer").body(SPEC).put("/v1/applications/x").statusCode()).isEqualTo(403);
    assertThat(
            as("viewer")
                .body("{\"reason\":\"now\",\"acceptLoss\":false}")
                .post("/v1/applications/x:failover")
                .statusCode())
        .isEqualTo(403);
    assertThat(as("service").get("/v1/region-status").statusCode()).isEqualTo(200);
  }

  @Test
  void moveOfWhatNeverWroteIsRefusedWithItsReason() {
    String name = declared();

    Response response =
        as("operator")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body("{\"reason\":\"now\",\"acceptLoss\":false}")
            .post("/v1/applications/" + name + ":failover");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.jsonPath().getString("code")).isEqualTo("never-writable");
    Response held =
        as("operator")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body("{\"reason\":\"now\",\"acceptLoss\":false,\"holdBefore\":[\"lunch\"]}")
            .post("/v1/applications/" + name + ":failover");
    assertThat(held.jsonPath().getList("errors.pointer"))
        .isEqualTo(java.util.List.of("/holdBefore"));
    assertThat(
            as("operator")
                .header("Idempotency-Key", "k")
                .post("/v1/executions/none:acknowledge")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void nextRoutingTableIsAnsweredTheMomentItChanges() {
    long revision = as("service").get("/v1/routing-table").jsonPath().getLong("revision");
    CompletableFuture<Response> waiting =
        CompletableFuture.supplyAsync(
            () -> as("service").get("/v1/routing-table?wait=PT30S&after=" + revision));
    String name = declared();

    Response next = waiting.join();

    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.jsonPath().getList("applications.application", String.class)).contains(name);
    long newest = next.jsonPath().getLong("revision");
    assertThat(
            as("service")
                .get("/v1/routing-table?wait=PT0.1S&after=" + (newest + 1_000))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void metricsAndEvidenceAreThere() {
    assertThat(declared()).isNotEmpty();

    assertThat(given().get(management + "metrics").asString())
        .contains("farshore_quorum_leading", "farshore_evidence_verdict");
    assertThat(as("viewer").get("/v1/evidence").jsonPath().getList("region", String.class))
        .contains("us-east", "eu-west");
  }
}
