package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.contracts.failover.RoutingTable.ApplicationRoute;
import io.farshore.contracts.failover.RoutingTable.RegionRoute;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables for tests. */
public final class Tables {
  private Tables() {}

  public static RoutingTable table(long revision, long epoch, @Nullable String writer) {
    return table(revision, epoch, writer, "open", "serving");
  }

  static RoutingTable table(
      long revision, long epoch, @Nullable String writer, String mode, String state) {
    return new RoutingTable(
        revision,
        Instant.parse("2026-11-21T12:00:00Z"),
        "witness",
        List.of(
            new ApplicationRoute(
                "ledger",
                "http",
                epoch,
                writer,
                mode,
                List.of(
                    new RegionRoute("us-east", state), new RegionRoute("eu-west", "serving")))));
  }
}
