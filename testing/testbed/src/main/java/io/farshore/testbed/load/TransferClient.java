package io.farshore.testbed.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.testbed.load.Attempt.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Users on one side. They ask the nearest gateway and go to the next when it does not take
 * connections, as DNS or anycast would send them. Thread-safe.
 */
final class TransferClient {
  /** Longer than the ledger's own patience, so that its answer counts and not ours. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

  /** How long a gateway that refused a connection is left alone. */
  private static final Duration AVOID = Duration.ofSeconds(1);

  private static final int ACCOUNTS = 1_000;

  private final String side;
  private final List<Gateway> gateways;
  private final String memo;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Long> avoidedUntil = new ConcurrentHashMap<>();

  /**
   * @param gateways nearest first
   * @param memo sent with every transfer
   */
  TransferClient(String side, List<Gateway> gateways, String memo, HttpClient http) {
    this.side = side;
    this.gateways = gateways;
    this.memo = memo;
    this.http = http;
  }

  /** Tries one transfer; blocks until the client knows, or gives up. */
  Attempt transfer() throws InterruptedException {
    UUID id = UUID.randomUUID();
    String body = body(id);
    long sentAt = System.nanoTime();
    Attempt last = null;
    for (Gateway gateway : inOrder(sentAt)) {
      last = send(gateway, id, body, sentAt);
      boolean unreachable = last.outcome() == Outcome.REFUSED && last.status() == 0;
      if (!unreachable) {
        return last;
      }
      avoidedUntil.put(gateway.region(), System.nanoTime() + AVOID.toNanos());
    }
    if (last == null) {
      throw new IllegalStateException("a client needs at least one gateway");
    }
    return last;
  }

  /** Those that refused a moment ago go last; with all refusing, the nearest is asked again. */
  private List<Gateway> inOrder(long now) {
    return gateways.stream()
        .sorted(
            java.util.Comparator.comparing(
                gateway -> avoidedUntil.getOrDefault(gateway.region(), now) - now > 0))
        .toList();
  }

  private Attempt send(Gateway gateway, UUID id, String body, long sentAt)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.uri() + "/transfers"))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
      String writer = response.headers().firstValue("Ledger-Region").orElse("");
      return ended(
          gateway, id, sentAt, outcome(response.statusCode()), response.statusCode(), writer);
    } catch (ConnectException | HttpConnectTimeoutException neverSent) {
      return ended(gateway, id, sentAt, Outcome.REFUSED, 0, "");
    } catch (IOException noAnswer) {
      return ended(gateway, id, sentAt, Outcome.UNKNOWN, 0, "");
    }
  }

  /** 502 and 504 say that an answer is missing, not that nothing happened. */
  private static Outcome outcome(int status) {
    if (status == 200 || status == 201) {
      return Outcome.ACKNOWLEDGED;
    }
    return status == 500 || status == 502 || status == 504 ? Outcome.UNKNOWN : Outcome.REFUSED;
  }

  private Attempt ended(
      Gateway gateway, UUID id, long sentAt, Outcome outcome, int status, String writer) {
    boolean acknowledged = outcome == Outcome.ACKNOWLEDGED;
    return new Attempt(
        id,
        side,
        gateway.region(),
        sentAt,
        System.nanoTime(),
        outcome,
        status,
        acknowledged ? writer : "");
  }

  private String body(UUID id) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    Map<String, Object> transfer =
        Map.of(
            "id",
            id,
            "from",
            "account-" + (from + 1),
            "to",
            "account-" + (to + 1),
            "amount",
            random.nextInt(1, 1_000),
            "memo",
            memo);
    try {
      return json.writeValueAsString(transfer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values can always be written", e);
    }
  }

  /**
   * A gateway as these users see it.
   *
   * @param region where it is
   * @param uri over the network between here and there
   */
  record Gateway(String region, URI uri) {}
}
