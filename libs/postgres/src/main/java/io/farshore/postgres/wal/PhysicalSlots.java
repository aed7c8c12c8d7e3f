package io.farshore.postgres.wal;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.ReplicationCommands;
import io.farshore.postgres.ReplicationConnection;

/**
 * Physical replication slots: they keep log on the server until a receiver confirmed it, without
 * end unless {@code max_slot_wal_keep_size} is set there.
 */
public final class PhysicalSlots {
  private static final String DUPLICATE_OBJECT = "42710";
  private static final String UNDEFINED_OBJECT = "42704";

  private PhysicalSlots() {}

  /** Makes a slot that keeps log from now on; nothing if it is there. */
  public static void create(PostgresEndpoint server, String slot) {
    run(
        server,
        "CREATE_REPLICATION_SLOT "
            + ReplicationCommands.identifier(slot)
            + " PHYSICAL (RESERVE_WAL)",
        DUPLICATE_OBJECT);
  }

  /**
   * Drops a slot, waiting until no receiver uses it; nothing if it is not there.
   *
   * @throws FarshoreException {@link io.farshore.postgres.PostgresErrors#UNREACHABLE} if a receiver
   *     keeps using it for longer than the endpoint's read time-out
   */
  public static void drop(PostgresEndpoint server, String slot) {
    run(
        server,
        "DROP_REPLICATION_SLOT " + ReplicationCommands.identifier(slot) + " WAIT",
        UNDEFINED_OBJECT);
  }

  private static void run(PostgresEndpoint server, String command, String expectedState) {
    try (ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL)) {
      connection.query(command);
    } catch (FarshoreException e) {
      if (!expectedState.equals(e.context().get("sqlState"))) {
        throw e;
      }
    }
  }
}
