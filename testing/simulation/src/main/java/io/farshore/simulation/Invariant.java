package io.farshore.simulation;

/** What must be true after every single step, whatever happened. */
public interface Invariant {
  /**
   * @throws InvariantBrokenException if it is not
   */
  void check(SimulatedWorld world);
}
