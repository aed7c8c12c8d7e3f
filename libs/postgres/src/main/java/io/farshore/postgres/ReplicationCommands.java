package io.farshore.postgres;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short commands of the replication protocol, and how names go into them. */
public final class ReplicationCommands {
  private ReplicationCommands() {}

  /**
   * Answer to IDENTIFY_SYSTEM.
   *
   * @param systemIdentifier of the cluster
   * @param position end of its flushed log, on its present timeline
   */
  public record SystemIdentity(String systemIdentifier, ReplicationPosition position) {}

  public static SystemIdentity identifySystem(ReplicationConnection connection) {
    List<@Nullable String> row = connection.query("IDENTIFY_SYSTEM").getFirst();
    return new SystemIdentity(required(row, 0), position(required(row, 1), required(row, 2)));
  }

  /** Size of the cluster's log segments in bytes. */
  public static int segmentBytes(ReplicationConnection connection) {
    String shown = required(connection.query("SHOW wal_segment_size").getFirst(), 0);
    int amount = Integer.parseInt(shown.replaceAll("[^0-9]", ""));
    return shown.endsWith("GB") ? amount << 30 : amount << 20;
  }

  /** A position from its two columns of text. */
  public static ReplicationPosition position(String timeline, String lsn) {
    return new ReplicationPosition(new Timeline(Long.parseLong(timeline)), Lsn.parse(lsn));
  }

  /** A column that must not be NULL. */
  public static String required(List<@Nullable String> row, int column) {
    String value = row.get(column);
    if (value == null) {
      throw new IllegalStateException("PostgreSQL answered NULL where it never does");
    }
    return value;
  }

  /** A name or text as a quoted literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as a quoted identifier. */
  public static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
