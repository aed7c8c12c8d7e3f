package io.farshore.quarkus.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.testing.service.ServiceSurroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
@QuarkusTest
@WithTestResource(ServiceSurroundings.class)
class ProblemsTest {
  private static final String SPEC =
      """
      {"owner":"payments","tier":"critical",
       "regions":[{"name":"us-east","role":"primary"}],
       "components":[],
       "failover":{"mode":"automatic","leaseDuration":"PT5S","probeInterval":"PT1S",
                   "failureThreshold":3,"commitGate":true}}
      """;

  @TestHTTPResource("/")
  URI service;

  private static io.restassured.specification.RequestSpecification operator() {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", ServiceSurroundings.bearer("olga", "operator", "viewer"))
        .contentType("application/json");
  }

  private static JsonNode problem(Response response, int status, String code) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.asString()).doesNotContain("Exception", "io.farshore", "\tat ", "secret");
    try {
      JsonNode problem = new ObjectMapper().readTree(response.asString());
      assertThat(problem.path("code").asText()).isEqualTo(code);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("type").asText()).isEqualTo("urn:farshore:problem:" + code);
      assertThat(problem.path("title").asText()).isNotBlank();
      assertThat(problem.path("detail").asText()).isNotBlank();
      assertThat(problem.path("traceId").asText()).matches("[0-9a-f]{32}");
      return problem;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aGoodRequestPasses() {
    Response response = operator().body(SPEC).put("/v1/things/ledger");

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    assertThat(response.jsonPath().getString("failover.leaseDuration")).isEqualTo("PT5S");
    assertThat(response.asString()).doesNotContain("null");
  }

  @Test
  void absentListsAreEmpty() {
    Response response =
        operator()
            .header("Idempotency-Key", "absent-lists")
            .body("{\"reason\":\"test\",\"acceptLoss\":false}")
            .post("/v1/things/ledger:failover");

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
    assertThat(response.jsonPath().getList("holdBefore")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"owner\":\"payments\"|\"owner\":null|/owner",
        "\"owner\":\"payments\",|''|/owner",
        "\"tier\"|\"tier\":\"low\",\"teir\"|/teir",
        "\"PT5S\"|\"five seconds\"|/failover/leaseDuration",
        "\"PT5S\"|{}|/failover/leaseDuration",
        "\"failureThreshold\":3|\"failureThreshold\":\"three\"|/failover/failureThreshold",
        "\"failureThreshold\":3|\"failureThreshold\":3.5|/failover/failureThreshold",
        "\"failureThreshold\":3|\"failureThreshold\":99999999999|/failover/failureThreshold",
        "\"commitGate\":true|\"commitGate\":\"maybe\"|/failover/commitGate",
        "\"name\":\"us-east\"|\"name\":[]|/regions/0/name",
        "\"components\":[]|\"components\":{}|/components",
        "\"components\":[]|\"components\":[null]|/components",
        "{\"name\":\"us-east\",\"role\":\"primary\"}|7|/regions/0",
      })
  void aWrongFieldIsPointedAt(String good, String bad, String pointer) {
    String body = SPEC.replace(good, bad);
    assertThat(body).isNotEqualTo(SPEC);

    JsonNode problem = problem(operator().body(body).put("/v1/things/ledger"), 400, "body-invalid");

    assertThat(problem.at("/errors/0/pointer").asText()).startsWith(pointer);
    assertThat(problem.at("/errors/0/detail").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|body-not-json",
        "{}}|body-invalid",
        "hello|body-not-json",
        "''|body-invalid",
        "null|body-invalid",
        "[]|body-not-json",
        "{\"owner\":\"a\",\"owner\":\"b\"}|body-not-json"
      })
  void whatIsNotAnObjectIsRefused(String body, String code) {
    problem(operator().body(body).put("/v1/things/ledger"), 400, code);
  }

  @Test
  void deepNestingIsRefused() {
    String body = "{\"owner\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    Response response = operator().body(body).put("/v1/things/ledger");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }

  @Test
  void bytesThatAreNotTextAreRefused() {
    Response response =
        operator()
            .body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
            .put("/v1/things/ledger");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() {
    String body = "{\"owner\":\"" + "x".repeat(1_100_000) + "\"}";
    problem(operator().body(body).put("/v1/things/ledger"), 413, "body-too-large");
  }

  @Test
  void aChunkedBodyBeyondTheLimitIsRefused() throws IOException {
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(
          ("PUT /v1/things/ledger HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Authorization: "
                  + ServiceSurroundings.bearer("olga", "operator")
                  + "\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write("a\r\n{\"owner\":\"\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 32; i++) {
          out.write(chunk);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The service may stop listening before all is sent; what counts is what it said.
      }
      byte[] answer = new byte[12];
      int n = socket.getInputStream().readNBytes(answer, 0, answer.length);
      assertThat(new String(answer, 0, n, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aValueThatRefusesItsTextIsTheCallersMistake() {
    JsonNode problem = problem(operator().get("/v1/things/Not_A_Name"), 400, "value-invalid");
    assertThat(problem.path("detail").asText()).startsWith("application must be");
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    Response response = operator().queryParam("limit", "many").get("/v1/things");
    assertThat(response.statusCode()).isBetween(400, 404);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }

  @Test
  void aNumberOutOfRangeIsRefusedByName() {
    JsonNode problem =
        problem(operator().queryParam("limit", 101).get("/v1/things"), 400, "body-invalid");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("limit");
  }

  @Test
  void unknownPathsMethodsAndMediaTypesAreRefused() {
    problem(operator().get("/v1/nothing"), 404, "path-unknown");
    problem(operator().get("/"), 404, "path-unknown");
    problem(operator().delete("/v1/things/ledger"), 405, "method-not-allowed");
    problem(
        operator().contentType("text/plain").body("x").put("/v1/things/ledger"),
        415,
        "media-type-unsupported");
    problem(operator().accept("image/png").get("/v1/things/ledger"), 406, "not-acceptable");
  }

  @Test
  void withoutCredentialsNothingIsTold() {
    Response none = given().get("/v1/things/ledger");
    problem(none, 401, "token-missing");
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
    problem(
        given().header("Authorization", "Bearer nonsense").get("/v1/things/ledger"),
        401,
        "token-invalid");
    problem(
        bearer(ServiceSurroundings.tokens().expiredToken("eve", "viewer")), 401, "token-invalid");
    problem(
        bearer(ServiceSurroundings.tokens().foreignToken("eve", "viewer")), 401, "token-invalid");
    problem(
        bearer(io.farshore.testing.service.Tokens.withNewKey().token("eve", "viewer")),
        401,
        "token-invalid");
  }

  private static Response bearer(String token) {
    return given().header("Authorization", "Bearer " + token).get("/v1/things/ledger");
  }

  @Test
  void withoutTheRoleItIsForbidden() {
    problem(bearer(ServiceSurroundings.tokens().token("adam", "auditor")), 403, "role-missing");
    problem(bearer(ServiceSurroundings.tokens().token("nobody")), 403, "role-missing");
  }

  @Test
  void anEndpointThatNamesNoRoleIsDenied() {
    problem(operator().get("/v1/things/ledger/unannotated"), 403, "role-missing");
  }

  @Test
  void aFailureKeepsItsCodeAndParticulars() {
    Response response = operator().get("/v1/things/ledger/unavailable");
    JsonNode problem = problem(response, 503, "quorum-lost");
    assertThat(problem.path("retryable").asBoolean()).isTrue();
    assertThat(problem.at("/context/epoch").asText()).isEqualTo("4");
    assertThat(response.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aDefectTellsNothingButTheTrace() {
    problem(operator().get("/v1/things/ledger/defect"), 500, "internal-error");
    problem(operator().get("/v1/things/ledger/library-defect"), 500, "internal-error");
  }

  @Test
  void aTargetThatIsNoPathIsRefused() throws IOException {
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[12];
      int n = socket.getInputStream().readNBytes(answer, 0, answer.length);
      assertThat(new String(answer, 0, n, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
  }

  @Test
  void theCallersTraceIsKept() {
    Response response =
        operator()
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .get("/v1/things/ledger/unavailable");
    assertThat(problem(response, 503, "quorum-lost").path("traceId").asText())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }
}
