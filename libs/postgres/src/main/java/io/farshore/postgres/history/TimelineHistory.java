package io.farshore.postgres.history;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.ReplicationCommands;
import io.farshore.postgres.ReplicationConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a timeline comes from.
 *
 * @param timeline the youngest
 * @param forks its ancestors, oldest first
 */
public record TimelineHistory(Timeline timeline, List<Fork> forks) {
  /**
   * The end of an ancestor.
   *
   * @param parent timeline that was left
   * @param at position up to which history is shared with it
   */
  public record Fork(Timeline parent, Lsn at) {}

  public TimelineHistory {
    forks = List.copyOf(forks);
  }

  /**
   * Asks a server over the replication protocol; timeline 1 has no ancestors.
   *
   * @param server with a role that has REPLICATION
   * @throws io.farshore.kernel.FarshoreException one of {@link
   *     io.farshore.postgres.PostgresErrors}, also if the server does not know the timeline
   */
  public static TimelineHistory read(PostgresEndpoint server, Timeline timeline) {
    if (timeline.id() == 1) {
      return new TimelineHistory(timeline, List.of());
    }
    try (ReplicationConnection connection =
        ReplicationConnection.open(server, ReplicationConnection.Mode.PHYSICAL)) {
      List<@Nullable String> row = connection.query("TIMELINE_HISTORY " + timeline).getFirst();
      return parse(timeline, ReplicationCommands.required(row, 1));
    }
  }

  /**
   * Reads a timeline history file: a line for each ancestor, with its number, the position it was
   * left at, and a reason; {@code #} begins a comment.
   */
  public static TimelineHistory parse(Timeline timeline, String content) {
    List<Fork> forks =
        content
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> line.split("\\s+", 3))
            .map(part -> new Fork(new Timeline(Long.parseLong(part[0])), Lsn.parse(part[1])))
            .toList();
    return new TimelineHistory(timeline, forks);
  }

  /** Up to where {@code ancestor}'s log belongs to this history; empty if it is no ancestor. */
  public Optional<Lsn> leftAt(Timeline ancestor) {
    return forks.stream().filter(fork -> fork.parent().equals(ancestor)).map(Fork::at).findFirst();
  }
}
