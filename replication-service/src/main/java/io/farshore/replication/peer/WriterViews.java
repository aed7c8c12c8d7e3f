package io.farshore.replication.peer;

import io.farshore.client.ServiceClient;
import io.farshore.contracts.Page;
import io.farshore.contracts.replication.Exposure;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.log.KeyedLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What other regions say would be lost here if they were lost: only the writing region knows how
 * much log it has. Thread-safe.
 */
public final class WriterViews {
  /** Older answers say nothing about now. */
  private static final Duration AGE_MAX = Duration.ofSeconds(3);

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final KeyedLog LOG = KeyedLog.of(WriterViews.class);

  private record Key(String application, RegionId writer) {}

  private record Bytes(long bytes, MonotonicInstant at) {}

  private final ServiceClient client;
  private final RegionId here;
  private final MonotonicClock clock;
  private final Map<Key, Bytes> answers = new ConcurrentHashMap<>();

  public WriterViews(ServiceClient client, RegionId here, MonotonicClock clock) {
    this.client = client;
    this.here = here;
    this.clock = clock;
  }

  /**
   * Asks a region's replication-service; an answer that does not come leaves the last one to age.
   *
   * @param exposures its resource
   */
  public void ask(RegionId region, URI exposures) {
    MonotonicInstant at = clock.now();
    answers.values().removeIf(answer -> at.since(answer.at()).compareTo(AGE_MAX) > 0);
    try {
      Optional<Page<Exposure>> page =
          client
              .<Page<Exposure>>get(exposures, client.typeOf(Page.class, Exposure.class), TIMEOUT)
              .body();
      for (Exposure exposure : page.map(Page::items).orElse(List.of())) {
        Long bytes = exposure.bytes();
        if (bytes != null
            && exposure.region().equals(region.value())
            && exposure.survivor().equals(here.value())) {
          answers.put(new Key(exposure.application(), region), new Bytes(bytes, at));
        }
      }
    } catch (FarshoreException e) {
      LOG.with("observed", region)
          .with("error", e.describe())
          .debug("A region does not say what it exposes");
    }
  }

  /** Bytes the writing region said, if it said so a moment ago. */
  public OptionalLong exposedBytes(ApplicationId application, RegionId writer) {
    Bytes answer = answers.get(new Key(application.value(), writer));
    return answer == null || clock.now().since(answer.at()).compareTo(AGE_MAX) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(answer.bytes());
  }
}
