package io.farshore.contracts.failover;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a region's guard knows of its own database. {@code GET /v1/region-status}.
 *
 * @param region the answering region
 * @param application whose database
 * @param role {@code primary}, {@code replica}, {@code fenced} or {@code unknown}
 * @param timeline PostgreSQL's
 * @param lsn written (primary) or replayed (replica) position
 * @param fencedSince when the guard fenced it
 * @param divergence what the fenced database has that the new primary has not; absent if nothing
 *     diverged or nothing is known
 * @param observedAt when the database was last asked
 * @param detail for people
 */
public record RegionStatus(
    String region,
    String application,
    String role,
    @Nullable Long timeline,
    @Nullable String lsn,
    @Nullable Instant fencedSince,
    @Nullable Divergence divergence,
    Instant observedAt,
    Map<String, String> detail) {

  /**
   * @param forkLsn where the new primary's timeline left the old one
   * @param endLsn the last position the old primary wrote
   * @param bytes log between the two
   * @param transactions commits between the two; absent where they could not be counted
   */
  public record Divergence(
      String forkLsn, String endLsn, long bytes, @Nullable Long transactions) {}
}
