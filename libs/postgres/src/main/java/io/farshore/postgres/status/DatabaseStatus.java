package io.farshore.postgres.status;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server says of itself. */
public sealed interface DatabaseStatus {
  /** Identity of the cluster, shared by a primary and all its replicas. */
  String systemIdentifier();

  /** A primary's end of log; a replica's end of replay. */
  ReplicationPosition position();

  /**
   * A server that takes writes, unless it is fenced.
   *
   * @param position end of the log written
   * @param flushed end of the log on its disk
   * @param fenced whether sessions are read-only by default
   * @param followers connected receivers of its log
   */
  record Primary(
      String systemIdentifier,
      ReplicationPosition position,
      Lsn flushed,
      boolean fenced,
      List<Follower> followers)
      implements DatabaseStatus {
    public Primary {
      followers = List.copyOf(followers);
    }
  }

  /**
   * A server in recovery.
   *
   * @param position end of the log replayed, on the timeline of what was received last
   * @param received end of the log on its disk from the receiver; absent before it connected
   * @param lastCommitReplayedAt when the primary made the newest commit that was replayed here
   * @param receiver its connection to the primary; absent while there is none
   */
  record Replica(
      String systemIdentifier,
      ReplicationPosition position,
      @Nullable Lsn received,
      @Nullable Instant lastCommitReplayedAt,
      @Nullable Receiver receiver)
      implements DatabaseStatus {}

  /**
   * What a replica knows of its connection to the primary.
   *
   * @param streaming whether it is established
   * @param latestEnd how far the primary's log went in its last message
   * @param latestEndAt when the primary reported a new end last
   * @param lastMessageSentAt by the primary's clock
   * @param lastMessageReceivedAt by the replica's clock
   */
  record Receiver(
      boolean streaming,
      @Nullable Lsn latestEnd,
      @Nullable Instant latestEndAt,
      @Nullable Instant lastMessageSentAt,
      @Nullable Instant lastMessageReceivedAt) {}

  /**
   * A receiver of the log, as the primary sees it.
   *
   * @param applicationName what it calls itself
   * @param state {@code streaming}, {@code catchup}, {@code backup} …
   * @param synchronous whether commits may wait for it
   * @param sent end of the log sent; positions absent while unknown
   * @param replayLag delay the primary measured; absent when idle
   */
  record Follower(
      String applicationName,
      String state,
      boolean synchronous,
      @Nullable Lsn sent,
      @Nullable Lsn flushed,
      @Nullable Lsn replayed,
      @Nullable Duration replayLag) {}
}
