package io.farshore.failover.world;

import com.sun.net.httpserver.HttpServer;
import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlStateMachine;
import io.farshore.failover.evidence.drivers.NetworkProber;
import io.farshore.failover.lease.GuardSettings;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.lease.drivers.FileEpochMemory;
import io.farshore.failover.lease.drivers.postgres.PostgresGuardedDatabase;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.member.quarkus.LoopScheduler;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.transport.LinkSettings;
import io.farshore.quorum.transport.SharedSecret;
import io.farshore.quorum.transport.TcpQuorum;
import io.farshore.testing.postgres.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One member: its part of the quorum, its observers, its guard if it has a database. */
final class TestRegion implements AutoCloseable {
  static final ApplicationId LEDGER = new ApplicationId("ledger");

  private final String name;
  private final Path directory;
  private final Map<String, Integer> quorumPorts;
  private final Map<String, Map<String, String>> addresses;
  private final @Nullable PostgresServer database;
  private final Vertx vertx;
  private @Nullable Running running;

  private record Running(
      FailoverMember member,
      Quorum quorum,
      LoopScheduler loop,
      NetworkProber prober,
      HttpServer control,
      @Nullable PostgresGuardedDatabase guarded) {}

  TestRegion(
      String name,
      Path directory,
      Map<String, Integer> quorumPorts,
      Map<String, Map<String, String>> addresses,
      @Nullable PostgresServer database,
      Vertx vertx) {
    this.name = name;
    this.directory = directory;
    this.quorumPorts = quorumPorts;
    this.addresses = addresses;
    this.database = database;
    this.vertx = vertx;
  }

  void start() {
    ControlJson json = new ControlJson();
    ControlStateMachine machine = new ControlStateMachine(json);
    LoopScheduler loop = new LoopScheduler("loop-" + name, Throwable::printStackTrace);
    SortedSet<MemberId> members = new TreeSet<>();
    Map<MemberId, SocketAddress> links = new HashMap<>();
    quorumPorts.forEach(
        (member, port) -> {
          members.add(new MemberId(member));
          links.put(new MemberId(member), SocketAddress.inetSocketAddress(port, "127.0.0.1"));
        });
    Quorum quorum =
        TcpQuorum.open(
            vertx,
            QuorumSettings.of("test", new MemberId(name), members),
            new LinkSettings(
                Objects.requireNonNull(links.get(new MemberId(name))),
                links,
                SharedSecret.of(new byte[32]),
                Optional.empty()),
            directory.resolve("quorum"),
            machine);
    NetworkProber prober = new NetworkProber(AddressBook.of(addresses));
    PostgresGuardedDatabase guarded = null;
    Map<ApplicationId, GuardedDatabase> databases = new HashMap<>();
    if (database != null) {
      guarded = new PostgresGuardedDatabase(endpoint(database), Set.of());
      databases.put(LEDGER, guarded);
    }
    Clock clock = Clock.systemUTC();
    FailoverMember member =
        new FailoverMember(
            new FailoverMember.Parts(
                quorum,
                members,
                machine,
                json,
                databases,
                FileEpochMemory.open(directory.resolve("epochs")),
                prober,
                GuardSettings.DEFAULT,
                IdGenerator.timeOrdered(clock),
                clock,
                MonotonicClock.system(),
                loop,
                new PrintingNarrator(name)));
    running = new Running(member, quorum, loop, prober, control(), guarded);
    member.start();
  }

  /** As if its processes were killed, the database's apart: nothing is said to anyone. */
  void kill() {
    Running was = running;
    running = null;
    if (was != null) {
      was.member.close();
      was.loop.close();
      was.control.stop(0);
      was.quorum.close();
      was.prober.close();
      if (was.guarded != null) {
        was.guarded.close();
      }
    }
  }

  FailoverMember member() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return now.member;
  }

  RegionGuard guard() {
    return member().guards().iterator().next();
  }

  boolean isRunning() {
    return running != null;
  }

  static PostgresEndpoint endpoint(PostgresServer server) {
    return PostgresEndpoint.of(
        "127.0.0.1", server.port(), "postgres", "farshore_guard", "farshore");
  }

  private HttpServer control() {
    String control =
        Objects.requireNonNull(addresses.getOrDefault(name, Map.of()).get("failover-service"));
    String port = control.replaceAll(".*:", "");
    try {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 16);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
