package io.farshore.kernel;

/**
 * A protected application in the catalogue, for example {@code ledger}.
 *
 * @param value a DNS label (RFC 1123): 1 to 63 of {@code a-z 0-9 -}
 */
public record ApplicationId(String value) implements Comparable<ApplicationId> {
  public ApplicationId {
    Names.requireLabel("application", value);
  }

  @Override
  public int compareTo(ApplicationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
