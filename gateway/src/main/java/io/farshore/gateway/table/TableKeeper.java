package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.gateway.routing.Route;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes tables from any number of sources and routes by the newest. Thread-safe. Routing changes
 * before the disk does: a full disk delays nobody.
 */
public final class TableKeeper {
  private final ApplicationId application;
  private final RoutingBoard board;
  private final TableStore store;
  private final Executor disk;
  private final Clock clock;
  private final TableListener listener;
  private final AtomicReference<@Nullable RoutingTable> unsaved = new AtomicReference<>();
  private final AtomicLong refused = new AtomicLong();
  private volatile @Nullable Held held;
  private volatile boolean kept = true;

  /**
   * @param disk runs one task at a time
   */
  public TableKeeper(
      ApplicationId application,
      RoutingBoard board,
      TableStore store,
      Executor disk,
      Clock clock,
      TableListener listener) {
    this.application = application;
    this.board = board;
    this.store = store;
    this.disk = disk;
    this.clock = clock;
    this.listener = listener;
  }

  /** Starts from the table on disk, if there is a good one. */
  public void start() {
    try {
      store.load().ifPresent(table -> take(table, "disk"));
    } catch (FarshoreException e) {
      // The sources will bring a table; until then there is nothing to route by.
      listener.onStoreFailure(e);
    }
  }

  /**
   * Offers a table that {@code source} gave.
   *
   * @return whether it was newer than what was known
   */
  public boolean offer(RoutingTable table, String source) {
    if (!take(table, source)) {
      return false;
    }
    unsaved.set(table);
    disk.execute(this::saveNewest);
    return true;
  }

  private synchronized boolean take(RoutingTable table, String source) {
    Optional<Route> route;
    try {
      route = RouteReader.read(table, application);
    } catch (IllegalArgumentException e) {
      refused.incrementAndGet();
      listener.onTableRefused(source, table.revision(), String.valueOf(e.getMessage()));
      return false;
    }
    if (route.isEmpty()) {
      return false;
    }
    if (!board.adopt(route.get())) {
      Held known = held;
      if (known != null && !known.route().equals(route.get())) {
        refused.incrementAndGet();
      }
      return false;
    }
    held = new Held(table, route.get(), source, clock.instant());
    listener.onTableAdopted(route.get(), source);
    return true;
  }

  private void saveNewest() {
    RoutingTable newest = unsaved.getAndSet(null);
    if (newest == null) {
      return;
    }
    try {
      store.save(newest);
      kept = true;
    } catch (FarshoreException e) {
      kept = false;
      listener.onStoreFailure(e);
    }
  }

  /** The table routed by. */
  public Optional<Held> held() {
    return Optional.ofNullable(held);
  }

  /** Tables refused because they were older, contradictory or not understood. */
  public long refused() {
    return refused.get();
  }

  /** Whether the newest table is on disk. */
  public boolean kept() {
    return kept;
  }

  /**
   * @param table as it came
   * @param route this gateway's part of it
   * @param source the member it came from, or {@code disk}
   * @param adoptedAt wall-clock time, for people
   */
  public record Held(RoutingTable table, Route route, String source, Instant adoptedAt) {}
}
