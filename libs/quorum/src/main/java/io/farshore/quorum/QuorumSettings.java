package io.farshore.quorum;

import io.farshore.kernel.MemberId;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who agrees, and how patient they are. Equal on every member, {@code self} apart.
 *
 * @param group names the quorum; members of two groups never talk
 * @param self this member; one of {@code members}
 * @param members all voters; an odd number of failure domains is wise
 * @param proposalTimeout after which a proposal or barrier is answered in any case
 * @param heartbeatPeriod of the leader; whole seconds
 * @param leaderTimeout silence after which a member looks for another leader; whole seconds
 * @param electionTimeout that an election has at least before the next is tried; chance adds up to
 *     300 ms
 * @param commandsPerSnapshot committed commands between two snapshots
 */
public record QuorumSettings(
    String group,
    MemberId self,
    SortedSet<MemberId> members,
    Duration proposalTimeout,
    Duration heartbeatPeriod,
    Duration leaderTimeout,
    Duration electionTimeout,
    int commandsPerSnapshot) {
  /** A command is a decision, not data; a batch of them must fit one frame. */
  public static final int COMMAND_BYTES_MAX = 64 * 1024;

  /** A message beside the log. */
  public static final int MESSAGE_BYTES_MAX = 256 * 1024;

  /** ASCII characters of a topic's name. */
  public static final int TOPIC_LENGTH_MAX = 64;

  /** A Raft of more voters would be slower and no safer. */
  public static final int MEMBERS_MAX = 9;

  /** Long enough for two elections at 80 ms between members. */
  public static final Duration PROPOSAL_TIMEOUT_DEFAULT = Duration.ofSeconds(5);

  /** MicroRaft counts in seconds; one is its least. */
  public static final Duration HEARTBEAT_PERIOD_DEFAULT = Duration.ofSeconds(1);

  /** Two lost heartbeats; together with an election it stays below the lease's five seconds. */
  public static final Duration LEADER_TIMEOUT_DEFAULT = Duration.ofSeconds(2);

  /** Two round trips of 80 ms and the disk's share. */
  public static final Duration ELECTION_TIMEOUT_DEFAULT = Duration.ofMillis(200);

  /**
   * Few, because MicroRaft finds the place where a lagging follower left off one entry and one
   * round trip at a time, and a snapshot ends that search.
   */
  public static final int COMMANDS_PER_SNAPSHOT_DEFAULT = 100;

  public QuorumSettings {
    members = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(members));
    if (!members.contains(self)) {
      throw new IllegalArgumentException("a member must be among the members of its quorum");
    }
    if (members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException("a quorum has at most 9 members");
    }
    if (group.isEmpty() || group.length() > 63) {
      throw new IllegalArgumentException("the quorum's group must have 1 to 63 characters");
    }
    requireWholeSeconds(heartbeatPeriod);
    requireWholeSeconds(leaderTimeout);
    if (leaderTimeout.compareTo(heartbeatPeriod) <= 0) {
      throw new IllegalArgumentException("the leader time-out must be above the heartbeat period");
    }
  }

  /** The defaults for everything but who. */
  public static QuorumSettings of(String group, MemberId self, SortedSet<MemberId> members) {
    return new QuorumSettings(
        group,
        self,
        members,
        PROPOSAL_TIMEOUT_DEFAULT,
        HEARTBEAT_PERIOD_DEFAULT,
        LEADER_TIMEOUT_DEFAULT,
        ELECTION_TIMEOUT_DEFAULT,
        COMMANDS_PER_SNAPSHOT_DEFAULT);
  }

  /** Members of which any two sets of this size share one. */
  public int majority() {
    return members.size() / 2 + 1;
  }

  private static void requireWholeSeconds(Duration duration) {
    if (duration.toSeconds() < 1 || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      throw new IllegalArgumentException("heartbeat and leader time-out are whole seconds");
    }
  }
}
