package io.farshore.quorum.wire;

import io.farshore.kernel.MemberId;
import io.microraft.RaftEndpoint;

/** A member as MicroRaft sees it. */
public record MemberEndpoint(MemberId member) implements RaftEndpoint {
  @Override
  public Object getId() {
    return member.value();
  }

  /** The member behind an endpoint; all endpoints here are of this type. */
  public static MemberId memberOf(RaftEndpoint endpoint) {
    return ((MemberEndpoint) endpoint).member();
  }

  static RaftEndpoint read(ByteReader in) {
    String name = in.text();
    try {
      return new MemberEndpoint(new MemberId(name));
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("not a member's name");
    }
  }

  static void write(ByteWriter out, RaftEndpoint endpoint) {
    out.text(memberOf(endpoint).value());
  }
}
