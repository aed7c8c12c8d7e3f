package io.farshore.gateway.table;

import io.farshore.contracts.failover.RoutingTable;
import java.util.Optional;

/** A failover service to learn the table from. Used by one thread. */
public interface TableSource {
  /** For logs and metrics: the member's name. */
  String name();

  /**
   * Waits for a table with a revision above {@code after}.
   *
   * @return absent if there was none within the source's own waiting time
   * @throws io.farshore.kernel.FarshoreException if the source does not answer
   */
  Optional<RoutingTable> next(long after);
}
