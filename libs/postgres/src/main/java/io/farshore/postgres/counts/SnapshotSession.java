package io.farshore.postgres.counts;

import static io.farshore.postgres.ReplicationCommands.identifier;
import static io.farshore.postgres.ReplicationCommands.literal;
import static io.farshore.postgres.ReplicationCommands.required;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.ReplicationConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One transaction that sees the database exactly as it was at a log position. */
final class SnapshotSession implements AutoCloseable {
  /** SQLSTATE of a statement that ran into {@code statement_timeout}. */
  private static final String QUERY_CANCELED = "57014";

  private static final String USER_TABLES =
      """
      SELECT n.nspname, c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence = 'p'
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      """;

  private final ReplicationConnection connection;
  private final long deadline;
  private boolean late;

  private SnapshotSession(ReplicationConnection connection, long deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  static SnapshotSession open(PostgresEndpoint server, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    return new SnapshotSession(
        ReplicationConnection.open(server, ReplicationConnection.Mode.DATABASE), deadline);
  }

  /**
   * Fixes what is seen from now on; answers the position. The snapshot holds every commit before
   * the slot's consistent point and none after it. Empty if time is over.
   */
  Optional<Lsn> begin() {
    return unlessLate(
        () -> {
          long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
          query("SET statement_timeout = " + millis);
          query("SET row_security = off"); // fail rather than hide rows
          query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
          String slot = "farshore_counts_" + UUID.randomUUID().toString().replace("-", "");
          List<@Nullable String> row =
              query(
                      "CREATE_REPLICATION_SLOT "
                          + slot
                          + " TEMPORARY LOGICAL pgoutput (SNAPSHOT 'use')")
                  .getFirst();
          return Optional.of(Lsn.parse(required(row, 1)));
        });
  }

  /** Counts, after {@link #begin}; empty if time is over or a table was replaced since. */
  Optional<SortedMap<TableName, Long>> count(Set<TableName> chosen) {
    return unlessLate(
        () -> {
          SortedMap<TableName, Long> counts = new TreeMap<>();
          for (TableName table : chosen.isEmpty() ? userTables() : new TreeSet<>(chosen)) {
            counts.put(table, count(table));
            if (replaced(table)) {
              return Optional.empty();
            }
          }
          return Optional.of(counts);
        });
  }

  String database() {
    return connection.endpoint().database();
  }

  /** Drops the temporary slot with the session; a command still running is given up first. */
  @Override
  public void close() {
    try {
      if (late) {
        connection.cancel();
      }
    } finally {
      connection.close();
    }
  }

  private Set<TableName> userTables() {
    Set<TableName> tables = new TreeSet<>();
    for (List<@Nullable String> row : query(USER_TABLES)) {
      tables.add(new TableName(required(row, 0), required(row, 1)));
    }
    return tables;
  }

  private long count(TableName table) {
    String sql = "SELECT count(*) FROM ONLY " + quoted(table);
    return Long.parseLong(required(query(sql).getFirst(), 0));
  }

  /**
   * TRUNCATE and rewriting ALTER TABLE do not respect snapshots: an older one finds the new, empty
   * or rewritten file. Then the file in our snapshot's catalogue differs from the present one. Our
   * lock from the count keeps it from changing after this.
   */
  private boolean replaced(TableName table) {
    String sql =
        "SELECT c.relfilenode = pg_relation_filenode(c.oid) FROM pg_class c WHERE c.oid = "
            + literal(quoted(table))
            + "::regclass";
    List<List<@Nullable String>> rows = query(sql);
    return rows.size() != 1 || !"t".equals(rows.getFirst().getFirst());
  }

  private List<List<@Nullable String>> query(String command) {
    connection.answerWithin(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    return connection.query(command);
  }

  private static String quoted(TableName table) {
    return identifier(table.schema()) + "." + identifier(table.table());
  }

  /** Time-outs of the network, of statements and of locks end up here once time is over. */
  private <T> Optional<T> unlessLate(Supplier<Optional<T>> work) {
    try {
      return work.get();
    } catch (FarshoreException e) {
      // Every wait ends with the deadline, but a timer may be early by its resolution.
      late =
          e.getCause() instanceof SocketTimeoutException
              || QUERY_CANCELED.equals(e.context().get("sqlState"))
              || System.nanoTime() - deadline >= 0;
      if (late) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
