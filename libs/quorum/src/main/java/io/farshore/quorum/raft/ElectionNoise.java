package io.farshore.quorum.raft;

import java.util.Random;

/**
 * Spreads elections further than MicroRaft does. It draws up to 100 ms to tell two candidates
 * apart; two that are 40 ms away from each other then start at once more often than not, again and
 * again, and nobody leads. Elections are the only thing MicroRaft draws numbers for.
 */
final class ElectionNoise extends Random {
  private static final long serialVersionUID = 1L;

  private final Random source;
  private final int factor;

  /**
   * @param factor times MicroRaft's 100 ms
   */
  ElectionNoise(Random source, int factor) {
    this.source = source;
    this.factor = factor;
  }

  @Override
  public int nextInt(int bound) {
    return source.nextInt(bound * factor);
  }
}
