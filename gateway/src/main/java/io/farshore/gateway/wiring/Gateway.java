package io.farshore.gateway.wiring;

import io.farshore.client.ServiceClient;
import io.farshore.contracts.Problem;
import io.farshore.contracts.failover.RoutingTable;
import io.farshore.gateway.health.HealthBoard;
import io.farshore.gateway.health.HealthChecks;
import io.farshore.gateway.health.HttpUpstreamProbe;
import io.farshore.gateway.proxy.ProxyServer;
import io.farshore.gateway.proxy.ProxySettings;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.gateway.routing.RoutingDecider;
import io.farshore.gateway.routing.RoutingPolicy;
import io.farshore.gateway.table.FileTableStore;
import io.farshore.gateway.table.HttpTableSource;
import io.farshore.gateway.table.TableKeeper;
import io.farshore.gateway.table.TableWatch;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.Endpoint;
import io.farshore.quarkus.region.RegionSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The whole gateway. Starts from the table on disk and listens before it has spoken to anyone: no
 * other service is needed to route.
 */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      RoutingTable.class,
      RoutingTable.ApplicationRoute.class,
      RoutingTable.RegionRoute.class,
      Problem.class,
      Problem.FieldError.class
    })
public class Gateway {
  private static final KeyedLog LOG = KeyedLog.of("io.farshore.gateway");
  private static final String FAILOVER_SERVICE = "failover-service";

  private final RegionSettings region;
  private final GatewayConfig config;
  private final AddressBook book;
  private final ServiceClient client;
  private final MonotonicClock monotonic;
  private final ApplicationId application;
  private final Background background = new Background();
  private final GatewayNews news;
  private final RoutingBoard routing;
  private final HealthBoard health;
  private final TableKeeper keeper;
  private final ProxyServer proxy;
  private final HttpClient probes =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<TableWatch> watches = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable InetSocketAddress listening;

  @Inject
  Gateway(
      RegionSettings region,
      GatewayConfig config,
      AddressBook book,
      ServiceClient client,
      EventSink events,
      Clock clock,
      MonotonicClock monotonic,
      Vertx vertx,
      MeterRegistry registry) {
    this.region = region;
    this.config = config;
    this.book = book;
    this.client = client;
    this.monotonic = monotonic;
    this.application = new ApplicationId(config.application());
    this.news = new GatewayNews(events, background);
    Map<RegionId, InetSocketAddress> upstreams = upstreams();
    this.routing =
        new RoutingBoard(
            new RoutingDecider(
                new RoutingPolicy(
                    region.region(),
                    config.residency().orElse(Set.of()),
                    config.readOverride().orElse(null))),
            upstreams.keySet());
    this.health = new HealthBoard(routing, news);
    this.keeper =
        new TableKeeper(
            application,
            routing,
            new FileTableStore(region.dataDir().resolve("routing-table")),
            background,
            clock,
            news);
    int cores = Runtime.getRuntime().availableProcessors();
    this.proxy =
        new ProxyServer(
            vertx,
            settings(),
            routing,
            health,
            registry,
            upstreams,
            config.threads() == 0 ? cores : config.threads());
    new GatewayMeters(routing, health, keeper, clock).register(registry, upstreams.keySet());
  }

  private Map<RegionId, InetSocketAddress> upstreams() {
    Map<RegionId, InetSocketAddress> upstreams = new TreeMap<>();
    for (RegionId name : book.regions()) {
      book.find(name, config.application())
          .ifPresent(
              endpoint ->
                  upstreams.put(
                      name, InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port())));
    }
    return upstreams;
  }

  private ProxySettings settings() {
    return new ProxySettings(
        config.requestsMax(),
        config.headBytesMax(),
        config.connectTimeout(),
        config.responseTimeout(),
        config.stallTimeout(),
        config.clientIdleTimeout(),
        config.upstreamIdleTimeout(),
        config.drainTimeout());
  }

  void start(@Observes StartupEvent event) {
    keeper.start();
    Endpoint listen = Endpoint.parse(config.listen());
    InetSocketAddress bound = proxy.start(new InetSocketAddress(listen.host(), listen.port()));
    listening = bound;
    LOG.with("address", bound.getHostString() + ":" + bound.getPort())
        .info("The data plane listens");
    book.regions().forEach(this::watch);
    routing.plan().view().upstreams().keySet().forEach(this::check);
  }

  private void watch(RegionId source) {
    book.find(source, FAILOVER_SERVICE)
        .ifPresent(
            endpoint -> {
              TableWatch watch =
                  new TableWatch(
                      new HttpTableSource(source.value(), endpoint.resolve(""), client),
                      keeper,
                      news,
                      monotonic,
                      Thread::sleep);
              watches.add(watch);
              threads.add(Thread.ofVirtual().name("table-" + source).start(watch));
            });
  }

  private void check(RegionId upstream) {
    HealthChecks checks =
        new HealthChecks(
            upstream,
            new HttpUpstreamProbe(
                probes,
                book.require(upstream, config.application()).resolve(config.health().path()),
                config.health().timeout()),
            health,
            config.health().interval(),
            RandomGenerator.getDefault());
    threads.add(Thread.ofVirtual().name("health-" + upstream).start(checks));
  }

  void stop(@Observes ShutdownEvent event) {
    listening = null;
    threads.forEach(Thread::interrupt);
    proxy.close();
    probes.shutdownNow();
    background.close();
  }

  public RegionId region() {
    return region.region();
  }

  public ApplicationId application() {
    return application;
  }

  public RoutingBoard routing() {
    return routing;
  }

  public HealthBoard health() {
    return health;
  }

  public TableKeeper table() {
    return keeper;
  }

  public List<TableWatch> watches() {
    return List.copyOf(watches);
  }

  /** Where the data plane listens; null before and after. */
  public @Nullable InetSocketAddress listening() {
    return listening;
  }
}
