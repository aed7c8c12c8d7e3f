package io.farshore.gateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.farshore.client.FarshoreJson;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.Endpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the services what the page shows: each block of its own region first, then of the others.
 * Blocks; used by the feed's threads.
 */
final class ConsoleSources implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final int ANSWER_BYTES_MAX = 1024 * 1024;
  private static final String JSON = "application/json";

  private final AddressBook book;
  private final RegionId home;
  private final Supplier<String> token;
  private final Clock clock;
  private final ObjectMapper json = FarshoreJson.lenient();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  ConsoleSources(AddressBook book, RegionId home, Supplier<String> token, Clock clock) {
    this.book = book;
    this.home = home;
    this.token = token;
    this.clock = clock;
  }

  /** Every block by name, and the regions to ask for it, in turn. */
  Map<String, Source> all() {
    Map<String, Source> sources = new TreeMap<>();
    anywhere(sources, "applications", "failover-service", "/v1/applications");
    anywhere(sources, "leases", "failover-service", "/v1/leases");
    anywhere(sources, "executions", "failover-service", "/v1/executions?limit=5");
    anywhere(sources, "evidence", "failover-service", "/v1/evidence");
    anywhere(sources, "recovery-points", "backup-service", "/v1/recovery-points?limit=5");
    anywhere(sources, "audit-log", "audit-service", "/v1/log/checkpoint");
    // Only a region's own services see its database.
    everywhere(sources, "region-status", "failover-service", "/v1/region-status");
    everywhere(sources, "links", "replication-service", "/v1/links");
    everywhere(sources, "exposures", "replication-service", "/v1/exposures");
    return sources;
  }

  /**
   * A block for each region, {@code block/region}; not for the quorum witness, which has no data.
   */
  private void everywhere(Map<String, Source> sources, String block, String service, String path) {
    for (RegionId region : book.regions()) {
      if (book.find(region, "gateway").isPresent() || region.equals(home)) {
        sources.put(block + "/" + region, new Source(List.of(region), service, path));
      }
    }
  }

  private void anywhere(Map<String, Source> sources, String block, String service, String path) {
    List<RegionId> regions = new ArrayList<>(book.regions());
    regions.sort((a, b) -> Boolean.compare(!a.equals(home), !b.equals(home)));
    sources.put(block, new Source(regions, service, path));
  }

  /** Asks {@code source}, and answers what {@code before} becomes. */
  ConsoleBlock refresh(Source source, ConsoleBlock before) throws InterruptedException {
    String error = "no address";
    for (RegionId region : source.regions()) {
      Optional<Endpoint> endpoint = book.find(region, source.service());
      if (endpoint.isEmpty()) {
        continue;
      }
      try {
        return before.known(ask(endpoint.get(), source.path()), region.value(), clock.instant());
      } catch (IOException e) {
        error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      } catch (FarshoreException e) {
        error = e.code().value();
      }
    }
    return before.unknown(error, clock.instant());
  }

  private JsonNode ask(Endpoint endpoint, String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        answer(
            HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Authorization", "Bearer " + token.get())
                .header("Accept", JSON + ", text/plain")
                .build());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.startsWith(JSON)
        ? json.readTree(response.body())
        : TextNode.valueOf(new String(response.body(), StandardCharsets.UTF_8));
  }

  // The time-out of a request ends with the headers; this one is for the body as well.
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    try {
      return asked.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("request timed out");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      asked.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /**
   * @param regions whom to ask, in turn
   * @param service by its name in the address book
   */
  record Source(List<RegionId> regions, String service, String path) {}
}
