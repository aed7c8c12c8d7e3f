package io.farshore.quorum.store;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.EntryCodec;
import io.farshore.quorum.wire.MemberEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.RaftGroupMembersView;
import java.util.Optional;

/**
 * The small state that is replaced whole: whose directory this is, and the Raft term and vote.
 *
 * @param group of the quorum
 * @param self whose
 * @param voting MicroRaft's flag
 * @param members initial members; absent until the member first started
 * @param term latest
 * @param votedFor in that term
 * @param newestSegment first block's number of the newest log file
 */
record MemberRecord(
    String group,
    MemberId self,
    boolean voting,
    Optional<RaftGroupMembersView> members,
    int term,
    Optional<MemberId> votedFor,
    long newestSegment) {

  static final String NAME = "member";
  static final int MAGIC = 0x4651_4D45;

  private static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  static MemberRecord fresh(String group, MemberId self) {
    return new MemberRecord(group, self, true, Optional.empty(), 0, Optional.empty(), 0);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().text(group).text(self.value()).flag(voting);
    out.flag(members.isPresent());
    members.ifPresent(view -> EntryCodec.writeMembers(out, view));
    out.number(term).flag(votedFor.isPresent());
    votedFor.ifPresent(member -> out.text(member.value()));
    out.number(newestSegment);
    return Checked.block(MAGIC, 0, out.toBytes());
  }

  static MemberRecord decode(byte[] bytes) {
    Checked.Block block = Checked.read(MAGIC, bytes, 0);
    LogSegments.requireVersion(block.version());
    ByteReader in = new ByteReader(block.bytes());
    String group = in.text();
    MemberId self = new MemberId(in.text());
    boolean voting = in.flag();
    Optional<RaftGroupMembersView> members =
        in.flag() ? Optional.of(EntryCodec.readMembers(in)) : Optional.empty();
    int term = in.smallNumber();
    Optional<MemberId> votedFor =
        in.flag() ? Optional.of(new MemberId(in.text())) : Optional.empty();
    return new MemberRecord(group, self, voting, members, term, votedFor, in.number());
  }

  MemberRecord withVoting(boolean now) {
    return new MemberRecord(group, self, now, members, term, votedFor, newestSegment);
  }

  MemberRecord withMembers(RaftGroupMembersView now) {
    return new MemberRecord(group, self, voting, Optional.of(now), term, votedFor, newestSegment);
  }

  MemberRecord withTerm(int now, Optional<MemberId> vote) {
    return new MemberRecord(group, self, voting, members, now, vote, newestSegment);
  }

  MemberRecord withNewestSegment(long now) {
    return new MemberRecord(group, self, voting, members, term, votedFor, now);
  }

  MemberEndpoint endpoint() {
    return new MemberEndpoint(self);
  }

  static RaftModelFactory model() {
    return MODEL;
  }
}
