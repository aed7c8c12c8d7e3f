package io.farshore.backup;

import static io.farshore.backup.TestDatabase.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.event.EventTypes;
import io.farshore.quarkus.event.FileOutbox;
import io.farshore.quarkus.event.StoredEvent;
import io.farshore.testing.postgres.PostgresServer;
import io.farshore.testing.service.ServiceSurroundings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
@QuarkusTest
@WithTestResource(ServiceSurroundings.class)
@WithTestResource(BackupSurroundings.class)
class BackupServiceIT {
  private static final String LEDGER =
      "{\"application\":\"ledger\",\"component\":\"ledger-database\"}";

  @Inject FileOutbox outbox;
  @Inject MeterRegistry metrics;

  private static RequestSpecification operator() {
    return operator("olga");
  }

  private static RequestSpecification operator(String name) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", ServiceSurroundings.bearer(name, "operator"))
        .contentType("application/json");
  }

  private static Response post(String path, String body) {
    return post("olga", path, body);
  }

  private static Response post(String name, String path, String body) {
    return operator(name)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("traceparent", "00-" + trace(name) + "-b7ad6b7169203331-01")
        .body(body)
        .post(path);
  }

  /** The trace that all requests of this person belong to. */
  private static String trace(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private static JsonPath get(String path) {
    Response response = operator().get(path);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response.jsonPath();
  }

  /** Follows an operation to its end. */
  private static JsonPath ended(Response accepted) {
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    String location = accepted.header("Location").replaceFirst("^http://[^/]+", "");
    await(location, () -> !get(location).getString("state").equals("running"));
    return get(location);
  }

  private static String backUp() {
    JsonPath run = ended(post("/v1/backup-runs", LEDGER));
    assertThat(run.getString("state")).as(run.prettify()).isEqualTo("completed");
    return run.getString("recoveryPoint");
  }

  private static JsonPath restore(String point, String copy, String directory) {
    return ended(
        post(
            "/v1/restores",
            "{\"recoveryPoint\":\"%s\",\"copy\":\"%s\",\"directory\":\"%s\"}"
                .formatted(point, copy, directory)));
  }

  @Test
  void aDatabaseIsBackedUpListedAndRestoredToTheCountedRows() throws SQLException {
    BackupSurroundings.database().execute("ledger", "INSERT INTO transfer (note) VALUES ('paid')");
    String id = backUp();

    JsonPath point = get("/v1/recovery-points/" + id);
    assertThat(point.getList("copies.state", String.class)).containsExactly("present", "present");
    assertThat(point.getList("copies.region", String.class)).containsExactly("eu-west", "us-east");
    assertThat(point.getString("manifestDigest")).matches("[0-9a-f]{64}");
    assertThat(point.getLong("rowCounts.'ledger.public.account'")).isEqualTo(5_000);
    assertThat(get("/v1/recovery-points").getList("items.id", String.class)).contains(id);
    assertThat(get("/v1/backup-runs").getList("items.recoveryPoint", String.class)).contains(id);

    JsonPath restored = restore(id, "us-east", "whole");
    assertThat(restored.getString("state")).as(restored.prettify()).isEqualTo("completed");
    assertThat(restored.getString("copy")).isEqualTo("us-east");
    try (PostgresServer copy =
        TestDatabase.builder(Path.of(restored.getString("directory"))).start()) {
      await(
          "its promotion",
          () -> TestDatabase.query(copy, "SELECT pg_is_in_recovery()").equals("f"));
      Map<String, Long> counts = TestDatabase.counts(copy);
      counts.forEach(
          (table, rows) -> assertThat(rows).isEqualTo(point.getLong("rowCounts.'" + table + "'")));
    }
  }

  @Test
  void theEventsOfARunAndOfARestoreNameWhoAskedForItAndAreOfThatTrace() {
    String point = ended(post("rhea", "/v1/backup-runs", LEDGER)).getString("recoveryPoint");
    String restore =
        ended(
                post(
                    "tom",
                    "/v1/restores",
                    "{\"recoveryPoint\":\"%s\",\"directory\":\"asked-for\"}".formatted(point)))
            .getString("id");

    // The end is told last of all, after it can be seen.
    await("the end to be told", () -> told("restore", restore).size() == 2);
    assertThat(told("run", point))
        .containsExactly(
            EventTypes.BACKUP_STARTED + " by rhea in " + trace("rhea"),
            EventTypes.RECOVERY_POINT_CREATED + " by rhea in " + trace("rhea"));
    assertThat(told("restore", restore))
        .containsExactly(
            EventTypes.RESTORE_STARTED + " by tom in " + trace("tom"),
            EventTypes.RESTORE_COMPLETED + " by tom in " + trace("tom"));
    await(
        "nothing to wait to be told",
        () -> metrics.get("farshore.backup.unsettled").gauge().value() == 0);
  }

  @Test
  void aDamagedPackIsPassedOverAndTheOtherCopyStandsIn() throws IOException {
    String id = backUp();
    Path packs = BackupSurroundings.directory().resolve("vault-us-east/packs");
    List<Path> damaged;
    try (Stream<Path> files = Files.walk(packs)) {
      damaged = files.filter(Files::isRegularFile).toList();
    }
    for (Path pack : damaged) {
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 2] ^= 1;
      Files.write(pack, bytes);
    }
    try {
      JsonPath restored = restore(id, "us-east", "despite-damage");
      assertThat(restored.getString("state")).as(restored.prettify()).isEqualTo("completed");
      assertThat(restored.getString("copy")).contains("eu-west");
    } finally {
      for (Path pack : damaged) {
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.write(pack, bytes);
      }
    }
  }

  @Test
  void aLostPackShowsInTheCopysState() throws IOException {
    String id = backUp();
    Path packs = BackupSurroundings.directory().resolve("vault-eu-west/packs");
    Path away = packs.resolveSibling("packs-away");
    Files.move(packs, away);
    try {
      assertThat(post("/v1/recovery-points:reconcile", "").statusCode()).isEqualTo(200);
      assertThat(get("/v1/recovery-points/" + id).getList("copies.state", String.class))
          .containsExactly("damaged", "present");
    } finally {
      Files.move(away, packs);
    }
  }

  @Test
  void theSameCommandTwiceIsOneRun() {
    String key = UUID.randomUUID().toString();
    Response first = operator().header("Idempotency-Key", key).body(LEDGER).post("/v1/backup-runs");
    Response second =
        operator().header("Idempotency-Key", key).body(LEDGER).post("/v1/backup-runs");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    ended(first);
  }

  @Test
  void aSecondRunOfTheSameComponentIsRefusedWhileOneIsUnderWay() throws SQLException {
    Response first;
    try (Connection lock = BackupSurroundings.database().connect("ledger");
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      // Counting rows waits for it, so the run cannot end.
      statement.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");
      first = post("/v1/backup-runs", LEDGER);

      Response second = post("/v1/backup-runs", LEDGER);

      assertThat(second.statusCode()).as(second.asString()).isEqualTo(409);
      assertThat(second.jsonPath().getString("code")).isEqualTo("backup-run-in-progress");
    }
    assertThat(ended(first).getString("state")).isEqualTo("completed");
  }

  @ParameterizedTest
  @CsvSource({
    "../outside",
    "/etc/farshore",
    "a/../../b",
    "''",
    ".",
    ".hidden",
    "whole/../..",
    "link/inside"
  })
  void aRestoreNeverLeavesItsRoot(String directory) throws IOException {
    Path root = BackupSurroundings.directory().resolve("restored");
    Files.createDirectories(root);
    Path link = root.resolve("link");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(
          link, Files.createTempDirectory(BackupSurroundings.directory(), "x"));
    }
    String id = backUp();
    Response response =
        post(
            "/v1/restores",
            "{\"recoveryPoint\":\"%s\",\"directory\":\"%s\"}".formatted(id, directory));
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
    assertThat(response.jsonPath().getString("code")).isEqualTo("restore-directory-refused");
  }

  @Test
  void aDirectoryThatHoldsSomethingIsNotRestoredOver() throws IOException {
    Path directory =
        Files.createDirectories(BackupSurroundings.directory().resolve("restored/taken"));
    Files.writeString(directory.resolve("precious"), "data");
    JsonPath restored = restore(backUp(), "us-east", "taken");
    assertThat(restored.getString("state")).isEqualTo("failed");
    assertThat(restored.getString("error")).contains("restore-target-not-empty");
    assertThat(directory.resolve("precious")).hasContent("data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/backup-runs|{\"application\":\"nope\",\"component\":\"x\"}|404|component-unknown",
        "/v1/restores|{\"recoveryPoint\":\"nope\",\"directory\":\"d\"}|404|recovery-point-unknown",
        "/v1/backup-runs|{}|400|body-invalid",
        "/v1/backup-runs|[|400|body-not-json",
      })
  void wrongRequestsAreRefusedByName(String path, String body, int status, String code) {
    Response response = post(path, body);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.jsonPath().getString("code")).isEqualTo(code);
  }

  @Test
  void whoMayOnlyLookMayNotCommand() {
    Response response =
        given()
            .header("Authorization", ServiceSurroundings.bearer("vera", "viewer"))
            .header("Idempotency-Key", "k")
            .contentType("application/json")
            .body(LEDGER)
            .post("/v1/backup-runs");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(given().get("/v1/recovery-points").statusCode()).isEqualTo(401);
  }

  @Test
  void theIndexFollowsTheRepository() throws SQLException {
    String id = backUp();
    JsonPath report = post("/v1/recovery-points:reconcile", "").jsonPath();
    assertThat(report.getBoolean("indexed")).isTrue();
    assertThat(indexed("SELECT count(*) FROM backup.recovery_point WHERE id = '" + id + "'"))
        .isEqualTo("1");

    BackupSurroundings.database().execute("farshore", "DROP SCHEMA backup CASCADE");
    assertThat(post("/v1/recovery-points:reconcile", "").jsonPath().getBoolean("indexed"))
        .isFalse();
    assertThat(get("/v1/recovery-points/" + id).getString("id")).isEqualTo(id);
    // Whatever became of the index, it is made again from what lies in the copies.
    assertThat(post("/v1/recovery-points:reconcile", "").jsonPath().getBoolean("indexed")).isTrue();
    assertThat(indexed("SELECT count(*) FROM backup.recovery_point WHERE id = '" + id + "'"))
        .isEqualTo("1");
    assertThat(indexed("SELECT state FROM backup.backup_run WHERE id = '" + id + "'"))
        .isEqualTo("completed");
  }

  private static String indexed(String sql) throws SQLException {
    try (var connection = BackupSurroundings.database().connect("farshore");
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  /**
   * What waits in the outbox about a run or restore: types, whom they name and their trace, in
   * order.
   */
  private List<String> told(String noun, String id) {
    List<String> all = new ArrayList<>();
    try {
      outbox.drain(
          1_000,
          events -> {
            for (StoredEvent event : events) {
              JsonPath json = new JsonPath(event.json());
              if (id.equals(json.getString("data." + noun))) {
                String trace = String.valueOf(json.getString("traceparent")).split("-", -1)[1];
                all.add(
                    json.getString("type")
                        + " by "
                        + json.getString("data.actor")
                        + " in "
                        + trace);
              }
            }
            return 0;
          });
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return all;
  }
}
