package io.farshore.quorum.transport;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.JournalMachine;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.raft.RaftQuorum;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Members in one JVM over real TCP, each directed link through its own proxy. */
final class Cluster {
  static final MemberId EAST = new MemberId("us-east");
  static final MemberId WEST = new MemberId("eu-west");
  static final MemberId WITNESS = new MemberId("witness");

  private static final Duration CONDITION_TIMEOUT = Duration.ofSeconds(40);
  private static final Duration CONDITION_PERIOD = Duration.ofMillis(20);
  private static final SharedSecret SECRET = SharedSecret.of(new byte[32]);

  private final Vertx vertx = Vertx.vertx();
  private final Path directory;
  private final SortedSet<MemberId> ids = new TreeSet<>(List.of(EAST, WEST, WITNESS));
  private final Map<MemberId, Integer> ports = new HashMap<>();
  private final Map<String, LinkProxy> proxies = new TreeMap<>();
  private final Map<MemberId, RaftQuorum> running = new TreeMap<>();
  private final Map<MemberId, JournalMachine> machines = new TreeMap<>();
  private Optional<LinkSettings.Tls> tls = Optional.empty();

  Cluster(Path directory) {
    this.directory = directory;
    for (MemberId from : ids) {
      for (MemberId to : ids) {
        if (!from.equals(to)) {
          proxies.put(link(from, to), new LinkProxy(() -> ports.getOrDefault(to, 1)));
        }
      }
    }
  }

  Cluster withTls(LinkSettings.Tls files) {
    tls = Optional.of(files);
    return this;
  }

  Cluster startAll() {
    ids.forEach(this::start);
    return this;
  }

  void start(MemberId id) {
    Map<MemberId, SocketAddress> addresses = new HashMap<>();
    for (MemberId to : ids) {
      if (!to.equals(id)) {
        int port = proxy(id, to).port();
        addresses.put(to, SocketAddress.inetSocketAddress(port, "127.0.0.1"));
      }
    }
    QuorumSettings settings = QuorumSettings.of("test", id, ids);
    MonotonicClock clock = MonotonicClock.system();
    SocketAddress listen = SocketAddress.inetSocketAddress(0, "127.0.0.1");
    TcpLinks links =
        new TcpLinks(vertx, settings, new LinkSettings(listen, addresses, SECRET, tls), clock);
    JournalMachine machine = new JournalMachine();
    machines.put(id, machine);
    RaftQuorum quorum =
        TcpQuorum.open(settings, links, clock, directory.resolve(id.value()), machine);
    ports.put(id, links.port());
    running.put(id, quorum);
  }

  void stop(MemberId id) {
    RaftQuorum quorum = running.remove(id);
    if (quorum != null) {
      quorum.close();
    }
    ports.remove(id);
  }

  Quorum member(MemberId id) {
    return Objects.requireNonNull(running.get(id));
  }

  JournalMachine machine(MemberId id) {
    return Objects.requireNonNull(machines.get(id));
  }

  void cut(MemberId from, MemberId to) {
    proxy(from, to).cut();
  }

  void isolate(MemberId id) {
    for (MemberId other : ids) {
      if (!other.equals(id)) {
        cut(id, other);
        cut(other, id);
      }
    }
  }

  void heal() {
    proxies.values().forEach(LinkProxy::heal);
  }

  /** The member that leads, in the view of itself and of a majority. */
  MemberId awaitLeader() throws InterruptedException {
    List<MemberId> found = new ArrayList<>();
    await(
        () -> {
          found.clear();
          for (RaftQuorum candidate : running.values()) {
            long followers =
                running.values().stream()
                    .filter(q -> q.leader().equals(Optional.of(candidate.self())))
                    .count();
            if (candidate.leading() && followers >= 2) {
              found.add(candidate.self());
            }
          }
          return found.size() == 1;
        });
    return found.getFirst();
  }

  void propose(MemberId through, String command) throws Exception {
    byte[] ignored =
        member(through)
            .propose(command.getBytes(StandardCharsets.UTF_8))
            .toCompletableFuture()
            .get(CONDITION_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + CONDITION_TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the condition did not come true in time");
      }
      Thread.sleep(CONDITION_PERIOD);
    }
  }

  private LinkProxy proxy(MemberId from, MemberId to) {
    return Objects.requireNonNull(proxies.get(link(from, to)));
  }

  private static String link(MemberId from, MemberId to) {
    return from + ">" + to;
  }

  void close() throws Exception {
    for (MemberId id : ids) {
      stop(id);
    }
    for (LinkProxy proxy : proxies.values()) {
      proxy.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
