package io.farshore.kernel;

/**
 * A voter of the quorum: a region's member, or a quorum witness that holds no data.
 *
 * @param value a DNS label (RFC 1123): 1 to 63 of {@code a-z 0-9 -}
 */
public record MemberId(String value) implements Comparable<MemberId> {
  public MemberId {
    Names.requireLabel("member", value);
  }

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
