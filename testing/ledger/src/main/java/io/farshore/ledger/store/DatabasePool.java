package io.farshore.ledger.store;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Connections that fail fast: a payment that cannot be tried now is refused now. */
@Singleton
public class DatabasePool implements PgPoolCreator {
  /** Requests waiting for a connection; one more is refused. */
  private static final int WAITING_MAX = 256;

  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int ACQUIRE_TIMEOUT_SECONDS = 1;

  @Override
  public Pool create(Input input) {
    for (PgConnectOptions connection : input.pgConnectOptionsList()) {
      connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
      connection.setTcpKeepAlive(true);
      connection.addProperty("application_name", "ledger");
      // Bounds a statement, never a commit: PostgreSQL stops this timer before it commits.
      connection.addProperty("statement_timeout", "2000");
      connection.addProperty("idle_in_transaction_session_timeout", "5000");
    }
    PoolOptions pool =
        input
            .poolOptions()
            .setMaxWaitQueueSize(WAITING_MAX)
            .setConnectionTimeout(ACQUIRE_TIMEOUT_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    return Pool.pool(input.vertx(), input.pgConnectOptionsList().getFirst(), pool);
  }
}
