package io.farshore.quorum.raft;

import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;

/**
 * Ends a pre-vote that a leader has made pointless. MicroRaft 0.7 forgets to: a follower that asked
 * for pre-votes and then hears from the leader of its own term stays half a candidate for good, and
 * half a candidate never notices that its leader died. If its log is the longest of those that are
 * left, nobody can be elected any more.
 */
final class StalePreVote {
  private StalePreVote() {}

  /** To be called on the member's thread after each message. */
  static void endIn(RaftNode node) {
    RaftState state = ((RaftNodeImpl) node).state();
    RaftEndpoint leader = state.leader();
    if (state.role() == RaftRole.FOLLOWER && leader != null && state.preCandidateState() != null) {
      // To the same term: keeps term and vote, clears what is half a candidate, and the leader.
      state.toFollower(state.term());
      state.leader(leader);
    }
  }
}
