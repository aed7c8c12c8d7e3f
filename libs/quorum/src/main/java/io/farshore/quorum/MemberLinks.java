package io.farshore.quorum;

import io.farshore.kernel.MemberId;
import java.util.SortedSet;
import java.util.function.BiConsumer;

/**
 * Carries frames between members. A port: TCP in services, a simulated network in simulations.
 * Implementations are thread-safe.
 *
 * <p>What the quorum counts on: a frame arrives whole or not at all, unchanged, from the member it
 * is said to come from. Frames of one sender to one receiver keep their order; some may be missing.
 */
public interface MemberLinks extends AutoCloseable {
  /**
   * Starts to listen and to connect.
   *
   * @param receiver takes each frame that arrives; must not block
   */
  void open(BiConsumer<MemberId, byte[]> receiver);

  /**
   * Sends or drops; never blocks, never throws.
   *
   * @param to another member
   */
  void send(MemberId to, byte[] frame);

  /** The other members heard from lately. */
  SortedSet<MemberId> reachable();

  QuorumStatus.Traffic traffic();

  /** Stops listening and closes all connections. Idempotent. */
  @Override
  void close();
}
