package io.farshore.contracts.failover;

import java.time.Instant;
import java.util.List;

/**
 * What the observers say of one region. {@code GET /v1/evidence}.
 *
 * @param region the region observed
 * @param verdict {@code up}, {@code suspect}, {@code down} or {@code unknown}
 * @param reason in one sentence
 * @param observations one for each observer and endpoint
 */
public record RegionEvidence(
    String region, String verdict, String reason, List<Observation> observations) {

  /**
   * @param observer the member that probed
   * @param endpoint {@code gateway}, {@code database}, {@code control} or {@code application}
   * @param up whether its last probes succeeded, by its threshold
   * @param consecutiveFailures failed probes in a row
   * @param lastSuccessAt by the observer's wall clock
   * @param detail the last failure, in words
   */
  public record Observation(
      String observer,
      String endpoint,
      boolean up,
      int consecutiveFailures,
      @org.jspecify.annotations.Nullable Instant lastSuccessAt,
      String detail) {}
}
