package io.farshore.postgres.counts;

import io.farshore.kernel.Lsn;
import io.farshore.postgres.PostgresEndpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Rows of one database's tables at exactly one position of the log. A server recovered with {@code
 * recovery_target_lsn} set to that position and {@code recovery_target_inclusive = off} has exactly
 * these. (With the default, {@code on}, the record that begins at the position is replayed too.)
 *
 * @param database which
 * @param lsn every commit whose record begins before it is counted, no other
 * @param counts rows of each table
 */
public record RowCounts(String database, Lsn lsn, SortedMap<TableName, Long> counts) {
  /**
   * Counts on a running primary, in the snapshot of a temporary logical slot, which PostgreSQL
   * makes to fit a log position exactly. Transactions that run when it starts must end first.
   *
   * @param server and the database; {@code wal_level = logical}, a free slot, and a role with
   *     REPLICATION that may read the tables
   * @param tables which; empty: all permanent tables outside the system's schemas. Children and
   *     partitions count by themselves
   * @param patience for everything together
   * @return empty if it could not be done in time, or a table was truncated or rewritten meanwhile;
   *     never a wrong number
   * @throws io.farshore.kernel.FarshoreException one of {@link
   *     io.farshore.postgres.PostgresErrors}, also if a table does not exist, may not be read, or
   *     row security would hide rows
   */
  public static Optional<RowCounts> take(
      PostgresEndpoint server, Set<TableName> tables, Duration patience) {
    try (SnapshotSession session = SnapshotSession.open(server, patience)) {
      return session
          .begin()
          .flatMap(
              lsn ->
                  session
                      .count(tables)
                      .map(counts -> new RowCounts(session.database(), lsn, counts)));
    }
  }
}
