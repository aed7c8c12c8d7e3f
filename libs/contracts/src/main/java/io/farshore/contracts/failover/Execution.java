package io.farshore.contracts.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a recovery plan, as the quorum's journal has it.
 *
 * @param id time-ordered UUID
 * @param application what moves
 * @param kind {@code failover} or {@code switchover}
 * @param drill whether this is a rehearsal
 * @param from the region left
 * @param to the region moved to
 * @param epoch granted to {@code to}; 0 until the region left is fenced
 * @param state {@code running}, {@code held}, {@code completed}, {@code failed} or {@code stuck}
 * @param heldBefore the step that waits to be acknowledged, while {@code held}
 * @param trigger {@code automatic} or the subject who asked
 * @param reason why
 * @param traceId W3C trace id of the whole execution
 * @param startedAt when it was decided
 * @param finishedAt when it was declared over
 * @param steps in their order
 * @param measured what it really took and cost; absent until declared
 */
public record Execution(
    String id,
    String application,
    String kind,
    boolean drill,
    String from,
    String to,
    long epoch,
    String state,
    @Nullable String heldBefore,
    String trigger,
    String reason,
    String traceId,
    Instant startedAt,
    @Nullable Instant finishedAt,
    List<Step> steps,
    @Nullable Measured measured) {

  /**
   * @param name {@code detect}, {@code fence}, {@code promote}, {@code shift}, {@code verify} or
   *     {@code declare}
   * @param state {@code pending}, {@code running}, {@code completed}, {@code failed} or {@code
   *     skipped}
   * @param attempts how often it was begun
   * @param executor the member that ran it last
   * @param startedAt first begun
   * @param finishedAt completed or given up
   * @param detail what was found or done
   */
  public record Step(
      String name,
      String state,
      int attempts,
      @Nullable String executor,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      Map<String, String> detail) {}

  /**
   * @param detection from the last good sign of the region left to the decision
   * @param fence from the decision until the region left could surely not write
   * @param promotion from then until the database accepted writes in the new region
   * @param shift from then until the routing table with the new epoch was published
   * @param achievedRecoveryTime from the last good sign until writes were verified
   * @param lossDurationMax upper bound of the committed work lost, in time; absent if unknown
   * @param lossBytesMax upper bound of the log lost, in bytes; absent if unknown
   * @param lossKnownExactly whether the old region's tail has been read since
   */
  public record Measured(
      Duration detection,
      Duration fence,
      Duration promotion,
      Duration shift,
      Duration achievedRecoveryTime,
      @Nullable Duration lossDurationMax,
      @Nullable Long lossBytesMax,
      boolean lossKnownExactly) {}
}
