package io.farshore.contracts.failover;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateways need to route; immutable, swapped whole. {@code GET /v1/routing-table}. A
 * gateway keeps the newest it has seen and refuses one with a lower revision.
 *
 * @param revision rises with each change of anything in it (the quorum's log index)
 * @param issuedAt wall-clock time, for people
 * @param issuedBy the member that answered
 * @param applications in the order of their names
 */
public record RoutingTable(
    long revision, Instant issuedAt, String issuedBy, List<ApplicationRoute> applications) {

  /**
   * @param application name
   * @param component the {@code http} component whose endpoints serve requests
   * @param epoch of the write lease
   * @param writer the region that may be sent writes; absent while nobody may
   * @param mode {@code open}; {@code read-only} while a failover is under way
   * @param regions every region that may serve
   */
  public record ApplicationRoute(
      String application,
      String component,
      long epoch,
      @Nullable String writer,
      String mode,
      List<RegionRoute> regions) {}

  /**
   * @param region name
   * @param state {@code serving}, {@code draining} or {@code fenced}
   */
  public record RegionRoute(String region, String state) {}
}
