package io.farshore.backup;

import static io.farshore.backup.TestDatabase.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testing.service.ServiceSurroundings;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Farshore's own database is away from the start; nothing that matters may need it. */
@NullUnmarked
@QuarkusTest
@WithTestResource(ServiceSurroundings.class)
@WithTestResource(
    value = BackupSurroundings.class,
    initArgs = @ResourceArg(name = "index", value = "away"))
class IndexAwayIT {
  @Test
  void theServiceBacksUpListsAndRestoresWithoutItsDatabase() {
    Response accepted =
        post(
            "/v1/backup-runs",
            "{\"application\":\"ledger\",\"component\":\"ledger-database\"}",
            "run");
    String id = end(accepted, "recoveryPoint");
    assertThat(get("/v1/recovery-points").jsonPath().getList("items.id", String.class))
        .containsExactly(id);
    assertThat(get("/v1/backup-runs").jsonPath().getList("items.recoveryPoint", String.class))
        .containsExactly(id);
    end(
        post(
            "/v1/restores",
            "{\"recoveryPoint\":\"" + id + "\",\"directory\":\"without-index\"}",
            "restore"),
        "directory");
    assertThat(post("/v1/recovery-points:reconcile", "", "-").jsonPath().getBoolean("indexed"))
        .isFalse();
  }

  private static String end(Response accepted, String field) {
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    String location = accepted.header("Location").replaceFirst("^http://[^/]+", "");
    await(location, () -> !get(location).jsonPath().getString("state").equals("running"));
    Response ended = get(location);
    assertThat(ended.jsonPath().getString("state")).as(ended.asString()).isEqualTo("completed");
    return ended.jsonPath().getString(field);
  }

  private static Response get(String path) {
    return given().header("Authorization", bearer()).get(path);
  }

  private static Response post(String path, String body, String key) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", bearer())
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  private static String bearer() {
    return ServiceSurroundings.bearer("olga", "operator");
  }
}
