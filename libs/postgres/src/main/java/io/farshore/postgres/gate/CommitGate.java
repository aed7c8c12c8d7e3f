package io.farshore.postgres.gate;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.PostgresErrors;
import io.farshore.postgres.wal.WalMessage;
import io.farshore.postgres.wal.WalStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a primary acknowledge commits only while a lease is valid. It is a synchronous standby that
 * stores nothing: it streams the log, throws it away, and confirms a position only if the lease was
 * valid immediately before. Without confirmation the primary keeps every commit waiting, also in
 * sessions that were open before the lease ended, and also when the gate or its process is dead.
 *
 * <p>The primary needs {@code synchronous_standby_names = 'farshore_gate'} (or a {@code FIRST} or
 * {@code ANY} list that cannot be satisfied without it). The gate uses no slot: a dead gate keeps
 * no log on the primary.
 *
 * <p>What it does not protect:
 *
 * <ul>
 *   <li>Data: a confirmed commit is on the primary's disk only. For no loss, add a standby or a log
 *       archiver to {@code synchronous_standby_names}.
 *   <li>Transactions with {@code synchronous_commit} {@code off} or {@code local}: they do not
 *       wait. {@code remote_write}, {@code on} and {@code remote_apply} do.
 *   <li>A waiting commit whose statement is cancelled, or whose session is terminated: it is
 *       committed locally. The client of a cancelled one gets its result with the warning {@code
 *       01000}, and must not take it for acknowledged. Waiting commits are visible to other
 *       sessions only after that or after the gate has opened.
 *   <li>Superusers, who can change {@code synchronous_standby_names}; and a server started with an
 *       empty one.
 *   <li>The time between asking the lease and the primary's reading of the confirmation. If this
 *       process is paused just there, the commits it then lets go were written while the lease was
 *       valid, but their clients hear of them after it has ended.
 * </ul>
 *
 * <p>Safe for use by several threads; has a thread of its own.
 */
public final class CommitGate implements AutoCloseable {
  /** To be listed in the primary's {@code synchronous_standby_names}. */
  public static final String APPLICATION_NAME = "farshore_gate";

  private static final Duration RECONNECT_MIN = Duration.ofMillis(20);

  /** Commits wait meanwhile, so not long. */
  private static final Duration RECONNECT_MAX = Duration.ofMillis(500);

  /** How soon a lease that became valid again is noticed, and a lost confirmation repeated. */
  private static final Duration CONFIRM_INTERVAL = Duration.ofMillis(25);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final PostgresEndpoint primary;
  private final BooleanSupplier leaseValid;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable WalStream stream;
  private volatile GateStatus status = new GateStatus(false, Lsn.ZERO, Lsn.ZERO, false, null);

  private CommitGate(PostgresEndpoint primary, BooleanSupplier leaseValid) {
    this.primary = primary.withApplicationName(APPLICATION_NAME);
    this.leaseValid = leaseValid;
    this.thread = Thread.ofPlatform().name("commit-gate").daemon().unstarted(this::run);
  }

  /**
   * Begins to guard a primary; returns at once and connects in the background, again and again.
   *
   * @param primary with a role that has REPLICATION
   * @param leaseValid asked immediately before every confirmation, from the gate's thread; must be
   *     quick. What it throws counts as no
   */
  public static CommitGate open(PostgresEndpoint primary, BooleanSupplier leaseValid) {
    CommitGate gate = new CommitGate(primary, leaseValid);
    gate.thread.start();
    return gate;
  }

  public GateStatus status() {
    return status;
  }

  /** Ends the connection: once this returns no commit is acknowledged through it. */
  @Override
  public void close() {
    closed.countDown();
    WalStream open = stream;
    if (open != null) {
      open.abort();
    }
    try {
      thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration backOff = RECONNECT_MIN;
    while (!isClosed()) {
      try (WalStream open = connect()) {
        backOff = RECONNECT_MIN;
        guard(open);
      } catch (FarshoreException e) {
        disconnected(e.code());
      } catch (RuntimeException e) {
        // Nothing we know of; but a gate that gave up would keep every commit waiting for ever.
        disconnected(PostgresErrors.PROTOCOL);
      }
      stream = null;
      backOff = pause(backOff);
    }
    disconnected(null);
  }

  private WalStream connect() {
    WalStream open = WalStream.openAtEnd(primary);
    stream = open;
    return open;
  }

  private void guard(WalStream open) {
    confirm(open);
    while (!isClosed()) {
      WalMessage message = open.next(CONFIRM_INTERVAL).orElse(null);
      if (message instanceof WalMessage.TimelineEnded) {
        return;
      }
      confirm(open);
    }
  }

  private void confirm(WalStream open) {
    Lsn received = open.received();
    GateStatus before = status;
    if (!isClosed() && leaseIsValid()) {
      // First the status: nobody may see an acknowledged commit beyond what it says.
      status = new GateStatus(true, received, received, true, null);
      open.flushed(received);
    } else {
      status = new GateStatus(true, received, before.confirmed(), false, null);
    }
  }

  private boolean leaseIsValid() {
    try {
      return leaseValid.getAsBoolean();
    } catch (RuntimeException unknown) {
      return false; // fail closed
    }
  }

  private void disconnected(@Nullable ErrorCode reason) {
    status = new GateStatus(false, status.received(), status.confirmed(), false, reason);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits, unless closed; answers how long to wait the next time. */
  private Duration pause(Duration backOff) {
    try {
      if (closed.await(backOff.toNanos(), TimeUnit.NANOSECONDS)) {
        return backOff;
      }
    } catch (InterruptedException e) {
      closed.countDown();
    }
    Duration doubled = backOff.multipliedBy(2);
    return doubled.compareTo(RECONNECT_MAX) > 0 ? RECONNECT_MAX : doubled;
  }
}
