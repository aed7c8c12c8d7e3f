package io.farshore.contracts.gateway;

import io.farshore.contracts.failover.RoutingTable.RegionRoute;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway routes by. {@code GET /v1/routes}.
 *
 * @param region the gateway's own
 * @param application whose requests it routes
 * @param revision of the table it routes by; 0 while it knows none
 * @param epoch of the write lease in that table
 * @param writer the region that may be sent writes; absent while nobody may
 * @param mode {@code open}, {@code read-only}, or {@code none} while no table is known
 * @param regions as the table has them
 * @param source the member the table came from, or {@code disk}; absent while none is known
 * @param adoptedAt when this gateway began to route by it
 * @param keptOnDisk whether it would survive a restart
 * @param readsGoTo the region reads are sent to now; absent while they are refused
 * @param writesGoTo the region writes are sent to now; absent while they are refused
 * @param upstreams every region this gateway has an address for
 * @param sources every failover service it learns tables from
 */
public record RoutesView(
    String region,
    String application,
    long revision,
    long epoch,
    @Nullable String writer,
    String mode,
    List<RegionRoute> regions,
    @Nullable String source,
    @Nullable Instant adoptedAt,
    boolean keptOnDisk,
    @Nullable String readsGoTo,
    @Nullable String writesGoTo,
    List<UpstreamHealth> upstreams,
    List<TableSource> sources) {

  /**
   * @param region name
   * @param state {@code healthy}, {@code suspect}, {@code down} or {@code unknown}
   * @param latencyMillis smoothed round trip from this gateway; absent if never measured
   * @param detail the last failure, in words; empty if there was none
   */
  public record UpstreamHealth(
      String region, String state, @Nullable Double latencyMillis, String detail) {}

  /**
   * @param member name
   * @param state {@code answering}, {@code lost} or {@code unknown}
   */
  public record TableSource(String member, String state) {}
}
