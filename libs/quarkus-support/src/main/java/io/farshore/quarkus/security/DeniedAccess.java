package io.farshore.quarkus.security;

import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.log.KeyedLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.quarkus.security.spi.runtime.SecurityEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records who was turned away. Every denial is counted; only so many a minute become events, so
 * that someone who tries many doors does not fill the audit log. The event that comes after a pause
 * says how many were left out.
 */
@Singleton
public class DeniedAccess {
  /** Enough to see a pattern, too few to hurt. */
  static final int EVENTS_PER_WINDOW_MAX = 20;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int TEXT_CHARS_MAX = 200;
  private static final KeyedLog LOG = KeyedLog.of(DeniedAccess.class);

  private final EventSink events;
  private final MonotonicClock clock;
  private final Counter unauthenticated;
  private final Counter forbidden;
  private @Nullable MonotonicInstant windowStart;
  private int published;
  private long leftOut;

  @Inject
  DeniedAccess(EventSink events, MonotonicClock clock, MeterRegistry metrics) {
    this.events = events;
    this.clock = clock;
    this.unauthenticated = counter(metrics, "unauthenticated");
    this.forbidden = counter(metrics, "forbidden");
  }

  private static Counter counter(MeterRegistry metrics, String reason) {
    return Counter.builder("farshore.access.denied")
        .description("Requests turned away for want of credentials or of a role")
        .tag("reason", reason)
        .register(metrics);
  }

  void onUnauthenticated(@ObservesAsync AuthenticationFailureEvent event) {
    unauthenticated.increment();
    record("unauthenticated", event);
  }

  void onForbidden(@ObservesAsync AuthorizationFailureEvent event) {
    forbidden.increment();
    record("forbidden", event);
  }

  private void record(String reason, SecurityEvent event) {
    long before;
    synchronized (this) {
      MonotonicInstant now = clock.now();
      if (windowStart == null || now.since(windowStart).compareTo(WINDOW) >= 0) {
        windowStart = now;
        published = 0;
      }
      if (published >= EVENTS_PER_WINDOW_MAX) {
        leftOut++;
        return;
      }
      published++;
      before = leftOut;
      leftOut = 0;
    }
    Map<String, Object> data = new HashMap<>();
    data.put("reason", reason);
    data.put("leftOutBefore", before);
    Object context = event.getEventProperties().get(RoutingContext.class.getName());
    if (context instanceof RoutingContext request) {
      data.put("method", request.request().method().name());
      data.put("path", shorten(request.normalizedPath()));
      data.put("remote", String.valueOf(request.request().remoteAddress()));
    }
    SecurityIdentity identity = event.getSecurityIdentity();
    String subject =
        identity == null || identity.isAnonymous()
            ? "anonymous"
            : shorten(identity.getPrincipal().getName());
    try {
      events.publish(EventTypes.ACCESS_DENIED, "subjects/" + subject, data);
    } catch (FarshoreException e) {
      LOG.with("error", e.describe()).error("Denied access could not be recorded");
    }
  }

  private static String shorten(String text) {
    return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
  }
}
