package io.farshore.quorum.raft;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.wire.MemberEndpoint;
import io.farshore.quorum.wire.RaftMessageCodec;
import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.util.function.BooleanSupplier;

/** MicroRaft's messages over the links. Says nothing more once the member has a fault. */
final class LinkTransport implements Transport {
  private final MemberLinks links;
  private final BooleanSupplier muted;

  LinkTransport(MemberLinks links, BooleanSupplier muted) {
    this.links = links;
    this.muted = muted;
  }

  @Override
  public void send(RaftEndpoint target, RaftMessage message) {
    if (muted.getAsBoolean()) {
      return;
    }
    byte[] bytes = RaftMessageCodec.encode(message);
    MemberId to = MemberEndpoint.memberOf(target);
    links.send(to, new Frame.Raft(new Frame.Content(bytes)).encode());
  }

  @Override
  public boolean isReachable(RaftEndpoint endpoint) {
    return links.reachable().contains(MemberEndpoint.memberOf(endpoint));
  }

  /**
   * Whether a message answers something this member asked in an earlier term. Raft ignores those
   * (Raft dissertation, 3.3: replies of old terms); MicroRaft 0.7 does not: it would take a late
   * acknowledgement, given before the follower's log was overwritten, for one of the present term.
   */
  static boolean answersAnEarlierTerm(RaftMessage message, int term) {
    return switch (message) {
      case AppendEntriesSuccessResponse answer -> answer.getTerm() < term;
      case AppendEntriesFailureResponse answer -> answer.getTerm() < term;
      case InstallSnapshotResponse answer -> answer.getTerm() < term;
      default -> false;
    };
  }
}
