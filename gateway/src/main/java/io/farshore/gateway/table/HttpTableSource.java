package io.farshore.gateway.table;

import io.farshore.client.Answer;
import io.farshore.client.ServiceClient;
import io.farshore.contracts.failover.RoutingTable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Long-polls one failover service. */
public final class HttpTableSource implements TableSource {
  /** How long the service holds the request while it has no news. */
  static final Duration WAIT = Duration.ofSeconds(20);

  /** Beyond its own wait the service gets this long to answer. */
  static final Duration ANSWER_TIMEOUT = WAIT.plusSeconds(5);

  private final String name;
  private final URI base;
  private final ServiceClient client;

  /**
   * @param base of the service, without a slash at its end
   */
  public HttpTableSource(String name, URI base, ServiceClient client) {
    this.name = name;
    this.base = base;
    this.client = client;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<RoutingTable> next(long after) {
    Answer<RoutingTable> answer =
        client.get(
            URI.create(base + "/v1/routing-table?after=" + after + "&wait=" + WAIT),
            RoutingTable.class,
            ANSWER_TIMEOUT);
    return answer.body();
  }
}
