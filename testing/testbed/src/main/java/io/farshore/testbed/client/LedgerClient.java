package io.farshore.testbed.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads one region's ledger, past every gateway. Thread-safe. */
public final class LedgerClient implements AutoCloseable {
  /** The ledger's own limit. */
  private static final int LOOKUP_IDS_MAX = 5_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI ledger;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  public LedgerClient(URI ledger) {
    this.ledger = ledger;
  }

  /** Whether the books balance. */
  public Books books() {
    return read(send(HttpRequest.newBuilder(URI.create(ledger + "/invariant")).GET()), Books.class);
  }

  /** Those of {@code ids} that are booked. */
  public Set<UUID> booked(Collection<UUID> ids) {
    Set<UUID> found = new HashSet<>();
    List<UUID> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += LOOKUP_IDS_MAX) {
      List<UUID> part = all.subList(from, Math.min(all.size(), from + LOOKUP_IDS_MAX));
      found.addAll(lookup(part));
    }
    return found;
  }

  private List<UUID> lookup(List<UUID> ids) {
    try {
      String body = json.writeValueAsString(Map.of("ids", ids));
      return read(
              send(
                  HttpRequest.newBuilder(URI.create(ledger + "/transfer-lookups"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(body))),
              Ids.class)
          .ids();
    } catch (IOException e) {
      throw new IllegalStateException("a list of ids can always be written", e);
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the ledger answered " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException("the ledger at " + ledger + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the ledger", e);
    }
  }

  private <T> T read(String body, Class<T> type) {
    try {
      return json.readValue(body, type);
    } catch (IOException e) {
      throw new IllegalStateException("the ledger's answer cannot be read", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /**
   * The ledger's own invariant.
   *
   * @param holds whether no money was lost or invented
   * @param accounts how many
   * @param transfers how many are booked
   * @param totalBalance of all accounts, in minor units
   * @param mismatchedAccounts whose balance is not the sum of their transfers
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Books(
      boolean holds, long accounts, long transfers, long totalBalance, long mismatchedAccounts) {}

  private record Ids(List<UUID> ids) {}
}
