package io.farshore.failover.evidence;

import io.farshore.failover.evidence.ProbePlan.Cadence;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Probes every endpoint at its cadence and keeps what it saw. Lives on the member's loop. */
public final class Observer {
  /** A failure's words, cut: reports travel each second. */
  private static final int DETAIL_CHARACTERS_MAX = 160;

  private final MemberId self;
  private final EndpointProber prober;
  private final Clock wallClock;
  private final MonotonicClock clock;
  private final Scheduler loop;
  private final Map<Endpoint, Watched> watched = new LinkedHashMap<>();

  private static final class Watched {
    private Cadence cadence;
    private EndpointHistory history = EndpointHistory.NONE;
    private @Nullable MonotonicInstant lastProbe;
    private boolean inFlight;

    private Watched(Cadence cadence) {
      this.cadence = cadence;
    }
  }

  public Observer(
      MemberId self, EndpointProber prober, Clock wallClock, MonotonicClock clock, Scheduler loop) {
    this.self = self;
    this.prober = prober;
    this.wallClock = wallClock;
    this.clock = clock;
    this.loop = loop;
  }

  /** Takes up a plan: new endpoints are probed, others forgotten, histories kept. */
  public void adopt(Map<Endpoint, Cadence> plan) {
    watched.keySet().retainAll(plan.keySet());
    plan.forEach(
        (endpoint, cadence) -> {
          if (prober.knows(endpoint)) {
            watched.computeIfAbsent(endpoint, one -> new Watched(cadence)).cadence = cadence;
          }
        });
  }

  /** Probes what is due. */
  public void tick() {
    MonotonicInstant now = clock.now();
    watched.forEach(
        (endpoint, one) -> {
          boolean due =
              one.lastProbe == null
                  || now.since(one.lastProbe).compareTo(one.cadence.interval()) >= 0;
          if (due && !one.inFlight) {
            one.lastProbe = now;
            one.inFlight = true;
            probe(endpoint, one);
          }
        });
  }

  /** What this member sees now. */
  public ObserverReport report() {
    List<Observation> observations = new ArrayList<>(watched.size());
    watched.forEach(
        (endpoint, one) ->
            observations.add(
                new Observation(
                    endpoint,
                    one.history.health(),
                    one.history.failures(),
                    one.history.lastSuccessAt(),
                    one.history.detail())));
    return new ObserverReport(self, observations);
  }

  private void probe(Endpoint endpoint, Watched one) {
    Cadence cadence = one.cadence;
    CompletionStage<Void> answer = prober.probe(endpoint, cadence.timeout());
    answer.whenComplete(
        (done, failure) ->
            loop.schedule(
                Duration.ZERO,
                () -> {
                  one.inFlight = false;
                  one.history =
                      failure == null
                          ? one.history.afterSuccess(wallClock.instant())
                          : one.history.afterFailure(words(failure), cadence.threshold());
                }));
  }

  private static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause != cause.getCause()) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    return text.length() <= DETAIL_CHARACTERS_MAX ? text : text.substring(0, DETAIL_CHARACTERS_MAX);
  }
}
