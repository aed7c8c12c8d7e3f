package io.farshore.quarkus.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.client.Request;
import io.farshore.client.ServiceClient;
import io.farshore.contracts.event.EventTypes;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.event.FileOutbox;
import io.farshore.quarkus.event.StoredEvent;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import io.farshore.testing.service.ServiceSurroundings;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A service made of this library, from outside. */
@NullUnmarked
@QuarkusTest
@WithTestResource(ServiceSurroundings.class)
class ServiceTest {
  private static final String BODY = "{\"reason\":\"drill\",\"acceptLoss\":false}";

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject EventSink events;
  @Inject FileOutbox outbox;
  @Inject Event<AuthorizationFailureEvent> failures;

  private static Response command(String user, String key, String body) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", ServiceSurroundings.bearer(user, "operator"))
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post("/v1/things/ledger:failover");
  }

  @Test
  void aRepeatedCommandIsDoneOnceAndAnsweredTheSame() {
    String key = UUID.randomUUID().toString();
    int before = ThingsResource.COMMANDS.get();

    Response first = command("olga", key, BODY);
    Response second = command("olga", key, BODY.replace(",", " , "));

    assertThat(first.statusCode()).as(first.asString()).isEqualTo(202);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.header("Location")).isEqualTo(first.header("Location")).isNotBlank();
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(ThingsResource.COMMANDS.get()).isEqualTo(before + 1);
  }

  @Test
  void aKeyBelongsToItsSubjectAndStandsForOneBody() {
    String key = UUID.randomUUID().toString();
    command("olga", key, BODY);

    Response other = command("olga", key, BODY.replace("drill", "for real"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.jsonPath().getString("code")).isEqualTo("idempotency-key-reused");
    assertThat(command("oscar", key, BODY.replace("drill", "mine")).statusCode()).isEqualTo(202);
  }

  @Test
  void aCommandWithoutAKeyIsRefused() {
    Response none =
        given()
            .urlEncodingEnabled(false)
            .header("Authorization", ServiceSurroundings.bearer("olga", "operator"))
            .contentType("application/json")
            .body(BODY)
            .post("/v1/things/ledger:failover");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.jsonPath().getString("code")).isEqualTo("idempotency-key-missing");
    assertThat(command("olga", "with space", BODY).statusCode()).isEqualTo(400);
    assertThat(command("olga", "x".repeat(200), BODY).statusCode()).isEqualTo(400);
  }

  @Test
  void healthMetricsAndTheApiDocumentAreOnTheManagementPortOnly() {
    assertThat(given().get(management + "health/ready").statusCode()).isEqualTo(200);
    assertThat(given().get(management + "metrics").asString())
        .contains("farshore_outbox_pending_events");
    assertThat(given().get(management + "openapi?format=json").asString())
        .contains("\"openapi\" : \"3.1")
        .contains("/v1/things/{name}:failover");
    assertThat(given().get("/q/metrics").statusCode()).isEqualTo(404);
    assertThat(given().get("/q/health").statusCode()).isEqualTo(404);
  }

  @Test
  void anEventIsACloudEventOfThisService() throws InterruptedException {
    String id =
        events.publish(
            EventTypes.SERVICE_STARTED, "services/another", Map.of("version", "1", "pid", 1));

    String json = find(id).orElseThrow();

    var event = new JsonPath(json);
    assertThat(event.getString("specversion")).isEqualTo("1.0");
    assertThat(event.getString("source")).isEqualTo("/regions/us-east/test-service");
    assertThat(event.getString("type")).isEqualTo(EventTypes.SERVICE_STARTED);
    assertThat(event.getString("data.version")).isEqualTo("1");
    assertThat(json).doesNotContain("null");
  }

  @Test
  void deniedAccessIsRecordedAndCounted() throws InterruptedException {
    given()
        .header("Authorization", ServiceSurroundings.bearer("mallory", "auditor"))
        .get("/v1/things/secret-things");

    assertThat(await("secret-things"))
        .hasValueSatisfying(json -> assertThat(json).contains("subjects/mallory"));
    assertThat(given().get(management + "metrics").asString())
        .contains("farshore_access_denied_total{reason=\"forbidden\"}");
  }

  @Test
  void theEventsOfEveryServiceHaveTheFieldsThatAreDocumentedAndNoOther()
      throws InterruptedException {
    given()
        .header("Authorization", ServiceSurroundings.bearer("mallory", "auditor"))
        .get("/v1/things/documented-things");
    given().get("/v1/things/nobodys-things");
    // Turned away within the service, by no request.
    failures
        .fireAsync(new AuthorizationFailureEvent(identity("job"), null, "a method", Map.of()))
        .toCompletableFuture()
        .join();
    await("documented-things");
    await("nobodys-things");

    List<PublishedEvent> published =
        stored().stream()
            .map(JsonPath::new)
            .map(
                event ->
                    new PublishedEvent(
                        event.getString("type"), event.getString("subject"), event.getMap("data")))
            .toList();
    assertThat(EventDocument.ofRepository().differences("io.farshore.service.", published))
        .isEmpty();
  }

  private static SecurityIdentity identity(String name) {
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).build();
  }

  private Optional<String> await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Optional<String> event = Optional.empty();
    while (event.isEmpty() && System.nanoTime() < deadline) {
      event = find(text);
      Thread.onSpinWait();
    }
    return event;
  }

  private Optional<String> find(String text) throws InterruptedException {
    return stored().stream().filter(json -> json.contains(text)).findFirst();
  }

  /** Looks at what is stored without taking it. */
  private List<String> stored() throws InterruptedException {
    List<StoredEvent> stored = new ArrayList<>();
    outbox.drain(
        10_000,
        events -> {
          stored.addAll(events);
          return 0;
        });
    return stored.stream().map(StoredEvent::json).toList();
  }

  @Test
  void theClientSpeaksWithTheService() {
    try (ServiceClient client =
        new ServiceClient(
            () -> ServiceSurroundings.tokens().token("olga", "operator", "viewer"),
            Optional::empty)) {
      var answer =
          client.send(
              Request.post(
                  service.resolve("/v1/things/ledger:failover"),
                  new FailoverRequest("eu-west", "drill", false, List.of("promote")),
                  UUID.randomUUID().toString()),
              FailoverRequest.class);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.value().holdBefore()).containsExactly("promote");
      assertThat(answer.header("Location")).isPresent();

      Assertions.assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(
              () ->
                  client.send(
                      Request.get(service.resolve("/v1/things/ledger/unavailable")), Map.class))
          .satisfies(
              e -> {
                assertThat(e.code().value()).isEqualTo("quorum-lost");
                assertThat(e.code().retryable()).isTrue();
                assertThat(e.context()).containsEntry("epoch", "4").containsKey("traceId");
              });
    }
  }
}
