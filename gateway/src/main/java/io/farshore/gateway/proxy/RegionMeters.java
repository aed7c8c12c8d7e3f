package io.farshore.gateway.proxy;

import io.farshore.kernel.RegionId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What is counted for one region. Looked up once; counting allocates nothing. Thread-safe. */
final class RegionMeters {
  /** Bounds of the latency histogram: from a local cache hit to the response time-out. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15)
  };

  private final Timer[] byStatusClass = new Timer[6];
  private final Timer aborted;
  private final LongAdder requestBytes = new LongAdder();
  private final LongAdder responseBytes = new LongAdder();
  private final LongAdder retries = new LongAdder();

  RegionMeters(MeterRegistry registry, RegionId region) {
    for (int i = 1; i < byStatusClass.length; i++) {
      byStatusClass[i] = timer(registry, region, i + "xx");
    }
    aborted = timer(registry, region, "aborted");
    counter(registry, region, "farshore.gateway.request.bytes", requestBytes);
    counter(registry, region, "farshore.gateway.response.bytes", responseBytes);
    counter(registry, region, "farshore.gateway.retries", retries);
  }

  private static Timer timer(MeterRegistry registry, RegionId region, String outcome) {
    return Timer.builder("farshore.gateway.requests")
        .description("Requests that reached a region, by its answer's status class")
        .tag("upstream", region.value())
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static void counter(
      MeterRegistry registry, RegionId region, String name, LongAdder count) {
    FunctionCounter.builder(name, count, LongAdder::sum)
        .tag("upstream", region.value())
        .register(registry);
  }

  void answered(int status, long nanos) {
    Timer timer = status >= 100 && status < 600 ? byStatusClass[status / 100] : aborted;
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A client or an upstream went away in the middle. */
  void aborted(long nanos) {
    aborted.record(nanos, TimeUnit.NANOSECONDS);
  }

  void moved(long fromClient, long fromUpstream) {
    if (fromClient > 0) {
      requestBytes.add(fromClient);
    }
    if (fromUpstream > 0) {
      responseBytes.add(fromUpstream);
    }
  }

  void retried() {
    retries.increment();
  }
}
