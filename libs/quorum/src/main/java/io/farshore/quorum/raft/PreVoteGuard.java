package io.farshore.quorum.raft;

import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;

/**
 * Two things about pre-votes that MicroRaft 0.7 leaves out, each of which can keep a quorum without
 * a leader for good. Both were found by simulation. To be called on the member's thread.
 */
final class PreVoteGuard {
  private PreVoteGuard() {}

  /**
   * Learns the term of a member that refused a pre-vote for being ahead (Raft paper, figure 2:
   * rules for all servers). Without it the member with the longest log, when its term has fallen
   * behind, asks for the same outdated term for ever, and nobody else may win.
   *
   * <p>A refusal for the log's sake carries the term asked for, one above our own; that one says
   * nothing.
   */
  static void beforeHandling(RaftMessage message, RaftNode node) {
    RaftNodeImpl own = (RaftNodeImpl) node;
    RaftState state = own.state();
    if (message instanceof PreVoteResponse answer
        && !answer.isGranted()
        && answer.getTerm() > state.term() + 1
        && state.role() == RaftRole.FOLLOWER
        && state.leader() == null) {
      own.toFollower(answer.getTerm());
    }
  }

  /**
   * Ends a pre-vote that a leader has made pointless. Without it a follower that asked for
   * pre-votes and then hears from the leader of its own term stays half a candidate, and half a
   * candidate never notices that its leader died.
   */
  static void afterHandling(RaftNode node) {
    RaftState state = ((RaftNodeImpl) node).state();
    RaftEndpoint leader = state.leader();
    if (state.role() == RaftRole.FOLLOWER && leader != null && state.preCandidateState() != null) {
      // To the same term: keeps term and vote, clears what is half a candidate, and the leader.
      state.toFollower(state.term());
      state.leader(leader);
    }
  }
}
