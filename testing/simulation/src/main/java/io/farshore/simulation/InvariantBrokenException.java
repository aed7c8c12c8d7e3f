package io.farshore.simulation;

/** Something happened that must never happen. */
public final class InvariantBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvariantBrokenException(String message) {
    super(message);
  }
}
