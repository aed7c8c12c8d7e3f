package io.farshore.quorum;

import io.farshore.kernel.MemberId;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What one member knows of its quorum.
 *
 * @param self the member that says so
 * @param health whether it takes part
 * @param fault why not, in words; empty while all is well
 * @param leader known leader
 * @param term Raft term
 * @param commitIndex last position known to be committed
 * @param appliedIndex last position applied here
 * @param snapshotIndex last position covered by a snapshot
 * @param reachable the other members heard from lately
 * @param traffic counters of the links
 */
public record QuorumStatus(
    MemberId self,
    Health health,
    Optional<String> fault,
    Optional<MemberId> leader,
    long term,
    long commitIndex,
    long appliedIndex,
    long snapshotIndex,
    SortedSet<MemberId> reachable,
    Traffic traffic) {

  /** Whether the member takes part. */
  public enum Health {
    /** Takes part and knows a leader. */
    WORKING,
    /** Takes part and knows no leader. */
    LEADERLESS,
    /** Does not take part: closed, or a fault such as a full disk. */
    STOPPED
  }

  /**
   * Counters since the member was opened.
   *
   * @param sent frames handed to a connection
   * @param received frames taken in
   * @param dropped frames given up because a peer's queue was full or the peer unreachable
   * @param rejected connections closed for garbage or failed authentication
   */
  public record Traffic(long sent, long received, long dropped, long rejected) {
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
  }
}
