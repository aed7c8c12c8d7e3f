package io.farshore.kernel;

/**
 * Proof of the right to write, carried by every action that changes the world. The resource keeps
 * the newest token it has seen and refuses an older one: a lease alone is never enough, because its
 * holder may be paused past the end of it.
 *
 * @param holder the region that may write
 * @param epoch the epoch under which it may
 */
public record FencingToken(RegionId holder, Epoch epoch) {
  /** Whether a resource that saw {@code other} must from now on refuse it in favour of this one. */
  public boolean supersedes(FencingToken other) {
    return epoch.isAfter(other.epoch);
  }
}
