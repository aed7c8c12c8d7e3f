package io.farshore.failover.member.quarkus;

import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlStateMachine;
import io.farshore.failover.evidence.drivers.NetworkProber;
import io.farshore.failover.lease.GuardSettings;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.failover.lease.drivers.FileEpochMemory;
import io.farshore.failover.lease.drivers.postgres.PostgresGuardedDatabase;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.routing.RoutingBoard;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.Endpoint;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.lease.ClockDrift;
import io.farshore.quorum.transport.LinkSettings;
import io.farshore.quorum.transport.SharedSecret;
import io.farshore.quorum.transport.TcpQuorum;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings this process's member to life after the checks, and lets it go in the reverse order. */
@Singleton
public class MemberLifecycle {
  private static final Logger LOG = Logger.getLogger(MemberLifecycle.class);

  /** After the checks, before anything that asks the member. */
  private static final int AFTER_CHECKS = 100;

  private static final int PERCENT = 100;

  private final RegionSettings region;
  private final QuorumConfig quorumConfig;
  private final GuardConfig.Rules rules;
  private final GuardConfig.Databases databaseConfig;
  private final AddressBook addresses;
  private final EventSink events;
  private final MeterRegistry meters;
  private final Vertx vertx;
  private final Clock wallClock;
  private final MonotonicClock clock;
  private final IdGenerator ids;
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable FailoverMember member;
  private @Nullable RoutingBoard board;

  @Inject
  MemberLifecycle(
      RegionSettings region,
      QuorumConfig quorumConfig,
      GuardConfig.Rules rules,
      GuardConfig.Databases databaseConfig,
      AddressBook addresses,
      EventSink events,
      MeterRegistry meters,
      Vertx vertx,
      Clock wallClock,
      MonotonicClock clock,
      IdGenerator ids) {
    this.region = region;
    this.quorumConfig = quorumConfig;
    this.rules = rules;
    this.databaseConfig = databaseConfig;
    this.addresses = addresses;
    this.events = events;
    this.meters = meters;
    this.vertx = vertx;
    this.wallClock = wallClock;
    this.clock = clock;
    this.ids = ids;
  }

  void start(@Observes @Priority(AFTER_CHECKS) StartupEvent event) {
    ControlJson json = new ControlJson();
    ControlStateMachine machine = new ControlStateMachine(json);
    LoopScheduler loop =
        closing(
            new LoopScheduler(
                "failover-loop", thrown -> LOG.error("A task of the member failed", thrown)));
    EventTeller teller =
        closing(new EventTeller(region.dataDir().resolve("events.told"), events, machine::state));
    machine.onChange(teller::wake);
    Map<ApplicationId, GuardedDatabase> databases = databases();
    NetworkProber prober = closing(new NetworkProber(addresses));
    Quorum quorum = closing(openQuorum(machine));
    GuardSettings settings =
        new GuardSettings(
            GuardSettings.DEFAULT.tick(),
            rules.readInterval(),
            PERCENT / rules.fenceMarginPercent(),
            ClockDrift.DEFAULT);
    LoggingNarrator narrator = new LoggingNarrator(meters);
    FailoverMember created =
        closing(
            new FailoverMember(
                new FailoverMember.Parts(
                    quorum,
                    members(),
                    machine,
                    json,
                    databases,
                    FileEpochMemory.open(region.dataDir().resolve("epochs")),
                    prober,
                    settings,
                    ids,
                    wallClock,
                    clock,
                    loop,
                    narrator)));
    RoutingBoard routing =
        new RoutingBoard(machine::state, region.region().value(), wallClock, loop);
    machine.onChange(() -> loop.schedule(Duration.ZERO, routing::changed));
    MemberMeters.register(meters, created, region.region().value());
    member = created;
    board = routing;
    created.start();
    teller.wake();
  }

  void stop(@Observes ShutdownEvent event) {
    for (AutoCloseable one : open.reversed()) {
      try {
        one.close();
      } catch (Exception failed) {
        LOG.warn("Closing failed", failed);
      }
    }
  }

  /** The member; exists from start-up on. */
  public FailoverMember member() {
    return required(member);
  }

  /** The routing table and who waits for it. */
  public RoutingBoard board() {
    return required(board);
  }

  private static <T> T required(@Nullable T started) {
    if (started == null) {
      throw new IllegalStateException("the member has not started");
    }
    return started;
  }

  private Quorum openQuorum(ControlStateMachine machine) {
    MemberId self = new MemberId(region.region().value());
    SortedMap<MemberId, SocketAddress> peers = new TreeMap<>();
    quorumConfig
        .members()
        .forEach((name, address) -> peers.put(new MemberId(name), address(address)));
    return TcpQuorum.open(
        vertx,
        QuorumSettings.of(quorumConfig.group(), self, members()),
        new LinkSettings(address(quorumConfig.listen()), peers, secret(), tls()),
        region.dataDir().resolve("quorum"),
        machine);
  }

  private Optional<LinkSettings.Tls> tls() {
    return quorumConfig
        .tls()
        .map(files -> new LinkSettings.Tls(files.certificate(), files.key(), files.trust()));
  }

  private static SocketAddress address(String text) {
    Endpoint endpoint = Endpoint.parse(text);
    return SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host());
  }

  private SharedSecret secret() {
    try {
      return SharedSecret.ofText(Files.readString(quorumConfig.secretFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedSet<MemberId> members() {
    SortedSet<MemberId> members = new TreeSet<>();
    quorumConfig.members().keySet().forEach(name -> members.add(new MemberId(name)));
    return members;
  }

  private Map<ApplicationId, GuardedDatabase> databases() {
    Map<ApplicationId, GuardedDatabase> databases = new HashMap<>();
    databaseConfig
        .byApplication()
        .forEach(
            (application, server) ->
                databases.put(
                    new ApplicationId(application),
                    closing(
                        new PostgresGuardedDatabase(
                            PostgresEndpoint.ofJdbcUrl(
                                server.jdbcUrl(), server.username(), server.password()),
                            rules.exemptUsers()))));
    return databases;
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.add(resource);
    return resource;
  }
}
