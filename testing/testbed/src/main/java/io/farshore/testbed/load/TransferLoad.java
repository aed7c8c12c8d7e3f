package io.farshore.testbed.load;

import io.farshore.testbed.World;
import io.farshore.testbed.load.Attempt.Outcome;
import io.farshore.testbed.load.TransferClient.Gateway;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Moves money at a fixed rate from all sides at once. Open loop: a slow answer does not slow the
 * next transfer down, so an outage shows as what users would have felt. Thread-safe.
 */
public final class TransferLoad implements AutoCloseable {
  /** The rate of the sources: 10,000 transfers a minute. */
  public static final int TRANSFERS_PER_SECOND = 170;

  /** With its other fields a transfer is then 5 KB. */
  private static final int MEMO_CHARS = 4_900;

  /** In flight at once; at the usual rate this is 20 s of waiting for answers. */
  private static final int IN_FLIGHT_MAX = 4_000;

  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);

  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final List<TransferClient> clients = new ArrayList<>();
  private final long intervalNanos;
  private final Thread pacer;
  private volatile boolean running = true;

  private TransferLoad(World world, int perSecond) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .executor(threads)
            .build();
    intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    String memo = "m".repeat(MEMO_CHARS);
    for (String side : world.regions()) {
      clients.add(new TransferClient(side, gateways(world, side), memo, http));
    }
    pacer = Thread.ofPlatform().name("transfer-load").daemon().start(this::pace);
  }

  /** Starts moving money; the transfers are shared evenly between users of all regions. */
  public static TransferLoad start(World world, int perSecond) {
    return new TransferLoad(world, perSecond);
  }

  private static List<Gateway> gateways(World world, String side) {
    List<Gateway> gateways = new ArrayList<>();
    gateways.add(new Gateway(side, world.uri(side, "gateway")));
    for (String other : world.regions()) {
      if (!other.equals(side)) {
        gateways.add(new Gateway(other, world.uri(side, other, "gateway")));
      }
    }
    return gateways;
  }

  private void pace() {
    long next = System.nanoTime();
    for (int turn = 0; running; turn++) {
      long early = next - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
      next += intervalNanos;
      TransferClient client = clients.get(turn % clients.size());
      inFlight.acquireUninterruptibly();
      threads.execute(() -> run(client));
    }
  }

  private void run(TransferClient client) {
    try {
      attempts.add(client.transfer());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.release();
    }
  }

  /** What has ended so far, roughly in the order of its end. */
  public Collection<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** How many have ended this way so far. */
  public long count(Outcome outcome) {
    return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
  }

  /** The first acknowledged transfer that was sent after {@code nanoTime}, if there is one yet. */
  public Optional<Attempt> firstAcknowledgedAfter(long nanoTime) {
    return first(attempt -> attempt.sentAt() - nanoTime > 0);
  }

  /** The first acknowledged transfer that this region booked, if there is one yet. */
  public Optional<Attempt> firstBookedBy(String region) {
    return first(attempt -> attempt.writer().equals(region));
  }

  private Optional<Attempt> first(Predicate<Attempt> condition) {
    return attempts.stream()
        .filter(attempt -> attempt.outcome() == Outcome.ACKNOWLEDGED)
        .filter(condition)
        .min(java.util.Comparator.comparingLong(Attempt::endedAt));
  }

  /** Sends nothing more and waits for what is in flight. */
  public void stop() {
    running = false;
    try {
      pacer.join();
      if (!inFlight.tryAcquire(IN_FLIGHT_MAX, DRAIN_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("transfers did not end within " + DRAIN_PATIENCE);
      }
      inFlight.release(IN_FLIGHT_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@link #stop()}, if it has not been called, and lets go of all connections. */
  @Override
  public void close() {
    stop();
    http.shutdownNow();
    threads.shutdownNow();
  }
}
