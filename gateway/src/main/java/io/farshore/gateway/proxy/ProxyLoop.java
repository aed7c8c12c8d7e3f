package io.farshore.gateway.proxy;

import io.farshore.gateway.health.HealthBoard;
import io.farshore.gateway.routing.RequestFacts;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.gateway.routing.RoutingBoard.Plan;
import io.farshore.gateway.routing.RoutingDecision;
import io.farshore.gateway.routing.RoutingDecision.Refused;
import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.gateway.routing.Upstream;
import io.farshore.kernel.RegionId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything one event loop has: its clients, its connections to upstreams, the decisions in a form
 * ready for use, and one timer for all time-outs. Used on that loop only.
 */
final class ProxyLoop {
  /** Time-outs are seen at most this much late; cheaper than a timer for each request. */
  private static final long SWEEP_MILLIS = 200;

  /** After the writer moved, its unanswered writes get this long: some answers are on their way. */
  private static final long WRITER_MOVED_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int HEAD_BYTES_EXPECTED = 1024;

  private final EventLoop loop;
  private final ProxySettings settings;
  private final RoutingBoard routing;
  private final HealthBoard health;
  private final ProxyMeters meters;
  private final int exchangesMax;
  private final Map<RegionId, UpstreamPool> pools = new HashMap<>();

  private long prepared = -1;
  private @Nullable Leg readLeg;
  private @Nullable Leg writeLeg;
  private long writerChangedAt;
  private int exchanges;
  private boolean draining;
  private long now = System.nanoTime();
  private @Nullable ClientConnection clients;

  /**
   * @param exchangesMax this loop's share of the limit
   */
  ProxyLoop(
      EventLoop loop,
      ProxySettings settings,
      RoutingBoard routing,
      HealthBoard health,
      ProxyMeters meters,
      int exchangesMax) {
    this.loop = loop;
    this.settings = settings;
    this.routing = routing;
    this.health = health;
    this.meters = meters;
    this.exchangesMax = exchangesMax;
  }

  /**
   * @param bootstraps ready to connect to each region
   */
  void start(Collection<RegionId> regions, Function<RegionId, Bootstrap> bootstraps) {
    for (RegionId region : regions) {
      pools.put(region, new UpstreamPool(this, region, bootstraps.apply(region).group(loop)));
    }
    var _ =
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  EventLoop eventLoop() {
    return loop;
  }

  ProxySettings settings() {
    return settings;
  }

  HealthBoard health() {
    return health;
  }

  ProxyMeters meters() {
    return meters;
  }

  boolean draining() {
    return draining;
  }

  /** Coarse monotonic time in nanoseconds; exact enough for time-outs and free to read. */
  long now() {
    return now;
  }

  int requestHeadBytes() {
    return HEAD_BYTES_EXPECTED;
  }

  int responseHeadBytes() {
    return HEAD_BYTES_EXPECTED;
  }

  long responseTimeoutNanos() {
    return settings.responseTimeout().toNanos();
  }

  long stallTimeoutNanos() {
    return settings.stallTimeout().toNanos();
  }

  long clientIdleNanos() {
    return settings.clientIdleTimeout().toNanos();
  }

  /** Lets {@code request} in, or says why not. */
  @Nullable ProxyProblem admit(ClientConnection client, HttpRequest request) {
    if (exchanges >= exchangesMax) {
      return ProxyProblem.OVERLOADED;
    }
    boolean write = RequestFacts.of(request.method().name()).write();
    Leg leg = leg(!write);
    if (leg == null) {
      Plan current = routing.plan();
      RoutingDecision decision = write ? current.write() : current.read();
      return decision instanceof Refused refused
          ? ProxyProblem.of(refused)
          : ProxyProblem.UNREACHABLE;
    }
    exchanges++;
    client.serve(new Exchange(this, client, request, !write, leg));
    return null;
  }

  void exchangeOver() {
    exchanges--;
  }

  /** Where requests of one kind go now; null if they are refused. */
  @Nullable Leg leg(boolean read) {
    Plan current = routing.plan();
    if (current.number() != prepared) {
      prepare(current);
    }
    return read ? readLeg : writeLeg;
  }

  private void prepare(Plan current) {
    Leg before = writeLeg;
    prepared = current.number();
    readLeg = prepare(current.read());
    writeLeg = prepare(current.write());
    if (before != null && (writeLeg == null || !writeLeg.region().equals(before.region()))) {
      writerChangedAt = System.nanoTime();
    }
  }

  private @Nullable Leg prepare(RoutingDecision decision) {
    return decision instanceof Routed routed ? prepare(routed, routed.region()) : null;
  }

  private @Nullable Leg prepare(Routed routed, RegionId region) {
    UpstreamPool pool = pools.get(region);
    return pool == null ? null : Leg.of(routed, region, pool, meters.of(region));
  }

  /** Where else a read may be tried, after {@code failed}; null if nowhere. */
  @Nullable Leg alternative(RegionId failed) {
    if (!(routing.plan().read() instanceof Routed routed)) {
      return null;
    }
    if (!routed.region().equals(failed)) {
      return leg(true);
    }
    Optional<RegionId> other = routed.alternatives().stream().findFirst();
    return other.isPresent() ? prepare(routed, other.get()) : null;
  }

  boolean down(RegionId region) {
    return health.of(region).state() == Upstream.State.DOWN;
  }

  /** Whether {@code leg} leads to a writer that has been replaced for good, and for long enough. */
  boolean writerMovedFrom(Leg leg) {
    Leg writer = leg(false);
    return writer != null
        && !writer.region().equals(leg.region())
        && writer.decision().epoch().isAfter(leg.decision().epoch())
        && now - writerChangedAt > WRITER_MOVED_GRACE_NANOS;
  }

  void add(ClientConnection client) {
    meters.clientCame();
    ClientConnection first = clients;
    client.next = first;
    if (first != null) {
      first.previous = client;
    }
    clients = client;
  }

  void remove(ClientConnection client) {
    meters.clientLeft();
    ClientConnection before = client.previous;
    ClientConnection after = client.next;
    if (before == null) {
      clients = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    client.previous = null;
    client.next = null;
  }

  private void sweep() {
    now = System.nanoTime();
    leg(true);
    for (ClientConnection client = clients; client != null; ) {
      ClientConnection following = client.next;
      client.sweep(now);
      client = following;
    }
    long idleBefore = now - settings.upstreamIdleTimeout().toNanos();
    pools.forEach(
        (region, pool) -> {
          if (down(region)) {
            pool.clear();
          } else {
            pool.sweep(idleBefore);
          }
        });
  }

  /** Takes nothing new on open connections; answers whether nothing is under way. */
  boolean drain() {
    draining = true;
    for (ClientConnection client = clients; client != null; ) {
      ClientConnection following = client.next;
      client.drain();
      client = following;
    }
    return exchanges == 0;
  }

  void close() {
    for (ClientConnection client = clients; client != null; ) {
      ClientConnection following = client.next;
      client.close();
      client = following;
    }
    pools.values().forEach(UpstreamPool::clear);
  }
}
