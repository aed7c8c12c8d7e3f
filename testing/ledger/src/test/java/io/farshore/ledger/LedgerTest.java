package io.farshore.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerDatabase.class)
class LedgerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @BeforeEach
  void awaitOpenBooks() {
    await(() -> given().get("/accounts/account-10").statusCode() == 200);
  }

  @AfterEach
  void booksBalance() {
    given().get("/invariant").then().statusCode(200).body("holds", equalTo(true));
  }

  @Test
  void bookingTwiceMovesMoneyOnce() {
    Map<String, Object> transfer = transfer("account-1", "account-2", 10, "m".repeat(5_000));
    long before = balance("account-2");

    assertThat(post(transfer).statusCode()).isEqualTo(201);
    assertThat(post(transfer).statusCode()).isEqualTo(200);

    assertThat(balance("account-2")).isEqualTo(before + 10);
  }

  @Test
  void anotherTransferUnderTheSameIdIsRefused() {
    Map<String, Object> transfer = transfer("account-1", "account-2", 1, "rent");
    post(transfer);

    Response other =
        post(
            Map.of(
                "id",
                id(transfer),
                "from",
                "account-1",
                "to",
                "account-2",
                "amount",
                2,
                "memo",
                "rent"));

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.path("code").toString()).isEqualTo("transfer-id-taken");
  }

  @Test
  void balancesNeverGoBelowZero() {
    assertThat(post(transfer("account-3", "account-4", 1_001, "")).statusCode()).isEqualTo(422);
  }

  @Test
  void repeatedTransferThatEmptiedTheAccountIsStillKnown() {
    long all = balance("account-5");
    Map<String, Object> transfer = transfer("account-5", "account-6", all, "all of it");

    assertThat(post(transfer).statusCode()).isEqualTo(201);
    assertThat(post(transfer).statusCode()).isEqualTo(200);
  }

  @Test
  void garbageIsRefusedWithAProblem() {
    List<String> bodies =
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{\"id\":\"not-a-uuid\"}",
            "{\"amount\":\"1e99\"}",
            "{\"id\":\"%s\",\"from\":\"account-1\",\"to\":\"account-1\",\"amount\":1,\"memo\":\"\"}"
                .formatted(UUID.randomUUID()),
            "{\"id\":\"%s\",\"from\":\"account-1\",\"to\":\"account-2\",\"amount\":-1,\"memo\":\"\"}"
                .formatted(UUID.randomUUID()),
            "{\"id\":\"%s\",\"from\":\"account-1\",\"to\":\"account-2\",\"amount\":1,\"memo\":\"\\u0000\"}"
                .formatted(UUID.randomUUID()),
            "{\"id\":\"%s\",\"from\":\"account-1\",\"to\":\"account-2\",\"amount\":1,\"memo\":\"\\ud800\"}"
                .formatted(UUID.randomUUID()));
    for (String body : bodies) {
      Response response = given().contentType("application/json").body(body).post("/transfers");
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(response.contentType()).as(body).startsWith("application/problem+json");
    }
  }

  @Test
  void lookupFindsExactlyWhatWasBooked() {
    Map<String, Object> booked = transfer("account-7", "account-8", 1, "");
    post(booked);

    given()
        .contentType("application/json")
        .body(Map.of("ids", List.of(id(booked), UUID.randomUUID().toString())))
        .post("/transfer-lookups")
        .then()
        .statusCode(200)
        .body("ids", hasSize(1))
        .body("ids[0]", equalTo(id(booked)));
  }

  @Test
  void concurrentTransfersBothWaysNeitherBlockNorInventMoney() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String from = i % 2 == 0 ? "account-1" : "account-2";
      String to = i % 2 == 0 ? "account-2" : "account-1";
      calls.add(() -> post(transfer(from, to, 1, "")).statusCode());
    }
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> answer : callers.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(201);
      }
    }
  }

  @Test
  void commitThatIsNotConfirmedIsReportedAsUnknownAndLeaksNoConnection() throws Exception {
    LedgerDatabase.server().configure("synchronous_standby_names", "nobody");
    List<Map<String, Object>> blocked = new ArrayList<>();
    // More than the pool has connections, so that a single one leaked for each would show.
    try {
      await(() -> post(remember(blocked)).statusCode() == 504);
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Map<String, Object> transfer = remember(blocked);
        calls.add(() -> post(transfer).statusCode());
      }
      try (ExecutorService callers = Executors.newFixedThreadPool(30)) {
        for (Future<Integer> answer : callers.invokeAll(calls)) {
          assertThat(answer.get()).isIn(503, 504);
        }
      }
    } finally {
      LedgerDatabase.server().configure("synchronous_standby_names", "");
    }

    for (Map<String, Object> transfer : blocked) {
      await(() -> List.of(200, 201).contains(post(transfer).statusCode()));
    }
  }

  @Test
  void replicaRefusesWritesAndKeepsReading() {
    LedgerDatabase.server()
        .execute("ledger", "ALTER ROLE ledger SET default_transaction_read_only = on");
    try {
      LedgerDatabase.server()
          .execute(
              "ledger",
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ledger'");
      Map<String, Object> transfer = transfer("account-1", "account-2", 1, "");
      await(() -> "read-only".equals(post(transfer).path("code")));
      given().get("/accounts/account-1").then().statusCode(200);
    } finally {
      LedgerDatabase.server()
          .execute(
              "ledger",
              "SET default_transaction_read_only = off",
              "ALTER ROLE ledger RESET default_transaction_read_only",
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ledger'");
    }
    await(() -> post(transfer("account-1", "account-2", 1, "")).statusCode() == 201);
  }

  @Test
  void killedDatabaseIsReportedAndFoundAgain() {
    LedgerDatabase.server().kill();
    assertThat(post(transfer("account-1", "account-2", 1, "")).statusCode()).isEqualTo(503);
    given().get("/health").then().statusCode(503);

    LedgerDatabase.server().start();

    await(() -> post(transfer("account-1", "account-2", 1, "")).statusCode() == 201);
  }

  private static Map<String, Object> remember(List<Map<String, Object>> transfers) {
    Map<String, Object> transfer = transfer("account-9", "account-10", 1, "");
    transfers.add(transfer);
    return transfer;
  }

  private static Map<String, Object> transfer(String from, String to, long amount, String memo) {
    String id = UUID.randomUUID().toString();
    return Map.of("id", id, "from", from, "to", to, "amount", amount, "memo", memo);
  }

  private static String id(Map<String, Object> transfer) {
    return String.valueOf(transfer.get("id"));
  }

  private static Response post(Map<String, Object> transfer) {
    return given().contentType("application/json").body(transfer).post("/transfers");
  }

  private static long balance(String account) {
    return given().get("/accounts/" + account).jsonPath().getLong("balance");
  }

  private static void await(Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime() - deadline).as("condition met in time").isNegative();
        Thread.sleep(50);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
