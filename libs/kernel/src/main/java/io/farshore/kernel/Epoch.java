package io.farshore.kernel;

/**
 * Counts the changes of an application's primary region. Only ever rises; a new one is granted by
 * the quorum.
 *
 * @param value 0 before the first grant, then 1, 2, …
 */
public record Epoch(long value) implements Comparable<Epoch> {
  /** Before anyone was granted the right to write. */
  public static final Epoch NONE = new Epoch(0);

  public Epoch {
    if (value < 0) {
      throw new IllegalArgumentException("epoch must be 0 or more");
    }
  }

  /** The epoch that follows this one. */
  public Epoch next() {
    return new Epoch(Math.incrementExact(value));
  }

  public boolean isAfter(Epoch other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
