package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import java.util.Optional;

/** Keeps the last good table across restarts. Used by one thread at a time. */
public interface TableStore {
  /**
   * The last table saved; absent if there is none. After a crash in the middle of a save it is the
   * one saved before.
   *
   * @throws io.farshore.kernel.FarshoreException {@code table-damaged} if what is there fails its
   *     checks, {@code table-unreadable} if it cannot be read
   */
  Optional<RoutingTable> load();

  /**
   * Saves {@code table}; when this returns, it survives a power cut.
   *
   * @throws io.farshore.kernel.FarshoreException {@code table-unwritable}; then the one before is
   *     kept
   */
  void save(RoutingTable table);
}
