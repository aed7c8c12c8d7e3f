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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Tells the log and the suite what changed. Events are stored off the calling thread. */
final class GatewayNews implements TableListener, HealthListener {
  private static final Logger LOG = Logger.getLogger("io.farshore.gateway");

  private final EventSink events;
  private final Executor background;

  GatewayNews(EventSink events, Executor background) {
    this.events = events;
    this.background = background;
  }

  @Override
  public void onTableAdopted(Route route, String source) {
    String writer = route.writer() == null ? "none" : route.writer().value();
    LOG.infof(
        "Routing table adopted: epoch=%s revision=%d writer=%s source=%s",
        route.epoch(), route.revision(), writer, source);
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
    LOG.warnf("Routing table refused: revision=%d source=%s error=%s", revision, source, reason);
  }

  @Override
  public void onStoreFailure(FarshoreException failure) {
    LOG.errorf("Last good table: error=%s", failure.describe());
  }

  @Override
  public void onSourceLost(String source, FarshoreException failure) {
    LOG.warnf("Table source lost: source=%s error=%s", source, failure.describe());
  }

  @Override
  public void onSourceFound(String source) {
    LOG.infof("Table source answers again: source=%s", source);
  }

  @Override
  public void onHealthChanged(RegionId region, Upstream.State before, UpstreamHealth after) {
    LOG.infof(
        "Upstream health changed: upstream=%s from=%s to=%s error=%s",
        region, label(before), label(after.state()), after.detail());
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
            LOG.errorf("Event not stored: type=%s error=%s", type, e.describe());
          }
        });
  }
}
