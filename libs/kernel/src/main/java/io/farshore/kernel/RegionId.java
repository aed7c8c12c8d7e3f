package io.farshore.kernel;

/**
 * A failure domain that can hold a copy of an application, for example {@code us-east}.
 *
 * @param value a DNS label (RFC 1123): 1 to 63 of {@code a-z 0-9 -}
 */
public record RegionId(String value) implements Comparable<RegionId> {
  public RegionId {
    Names.requireLabel("region", value);
  }

  @Override
  public int compareTo(RegionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
