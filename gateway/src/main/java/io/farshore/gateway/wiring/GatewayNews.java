package io.farshore.gateway.wiring;

import io.farshore.contracts.event.EventTypes;
import io.farshore.gateway.health.HealthBoard.HealthListener;
import io.farshore.gateway.health.UpstreamHealth;
import io.farshore.gateway.routing.Route;
import io.farshore.gateway.routing.Upstream;
import io.farshore.gateway.table.TableListener;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.log.KeyedLog;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** Tells the log and the suite what changed. Events are stored off the calling thread. */
final class GatewayNews implements TableListener, HealthListener {
  private static final KeyedLog LOG = KeyedLog.of("io.farshore.gateway");

  private final EventSink events;
  private final Executor background;

  GatewayNews(EventSink events, Executor background) {
    this.events = events;
    this.background = background;
  }

  @Override
  public void onTableAdopted(Route route, String source) {
    String writer = route.writer() == null ? "none" : route.writer().value();
    LOG.with("application", route.application())
        .with("epoch", route.epoch())
        .with("revision", route.revision())
        .with("writer", writer)
        .with("source", source)
        .info("Routing table adopted");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("application", route.application().value());
    data.put("revision", route.revision());
    data.put("epoch", route.epoch().value());
    data.put("writer", writer);
    data.put("mode", route.readOnly() ? "read-only" : "open");
    data.put("source", source);
    publish(EventTypes.TABLE_ADOPTED, "applications/" + route.application(), data);
  }

  @Override
  public void onTableRefused(String source, long revision, String reason) {
    LOG.with("revision", revision)
        .with("source", source)
        .with("error", reason)
        .warn("Routing table refused");
  }

  @Override
  public void onStoreFailure(FarshoreException failure) {
    LOG.with("error", failure.describe()).error("The last good table could not be kept or read");
  }

  @Override
  public void onSourceLost(String source, FarshoreException failure) {
    LOG.with("source", source).with("error", failure.describe()).warn("Table source lost");
  }

  @Override
  public void onSourceFound(String source) {
    LOG.with("source", source).info("Table source answers again");
  }

  @Override
  public void onHealthChanged(RegionId region, Upstream.State before, UpstreamHealth after) {
    LOG.with("upstream", region)
        .with("from", label(before))
        .with("to", label(after.state()))
        .with("error", after.detail().isEmpty() ? null : after.detail())
        .info("Upstream health changed");
    publish(
        EventTypes.UPSTREAM_HEALTH_CHANGED,
        "regions/" + region,
        Map.of(
            "upstream", region.value(),
            "from", label(before),
            "to", label(after.state()),
            "detail", after.detail()));
  }

  private static String label(Upstream.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private void publish(String type, String subject, Map<String, ?> data) {
    background.execute(
        () -> {
          try {
            events.publish(type, subject, data);
          } catch (FarshoreException e) {
            // Routing goes on: what happened is in this log instead.
            LOG.with("type", type).with("error", e.describe()).error("An event was not stored");
          }
        });
  }
}
