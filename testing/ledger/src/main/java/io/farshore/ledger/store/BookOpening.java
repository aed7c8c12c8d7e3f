package io.farshore.ledger.store;

import io.farshore.ledger.LedgerSettings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Creates the tables and opens the accounts where there are none yet. On a replica there is nothing
 * to do: the primary's books arrive by replication.
 */
@ApplicationScoped
public class BookOpening {
  private static final Logger LOG = Logger.getLogger(BookOpening.class);

  /** The lock's number means nothing; it must only be the same in every process. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(7034201)";

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS account (
        id text PRIMARY KEY,
        opening_balance bigint NOT NULL CHECK (opening_balance >= 0),
        balance bigint NOT NULL CHECK (balance >= 0));
      CREATE TABLE IF NOT EXISTS transfer (
        id uuid PRIMARY KEY,
        debited text NOT NULL REFERENCES account (id),
        credited text NOT NULL REFERENCES account (id),
        amount bigint NOT NULL CHECK (amount > 0),
        memo text NOT NULL,
        booked_at timestamptz NOT NULL DEFAULT clock_timestamp());
      """;

  private static final String ACCOUNTS =
      """
      INSERT INTO account (id, opening_balance, balance)
      SELECT 'account-' || n, $2, $2 FROM generate_series(1, $1) AS n
      WHERE NOT EXISTS (SELECT FROM account)
      """;

  /** Attempts after the first; a database that stays away longer is the operator's business. */
  private static final int RETRY_ATTEMPTS_MAX = 60;

  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final Pool pool;
  private final LedgerSettings settings;

  BookOpening(Pool pool, LedgerSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  void on(@Observes StartupEvent started) {
    open()
        .onFailure()
        .retry()
        .withBackOff(RETRY_DELAY, RETRY_DELAY)
        .atMost(RETRY_ATTEMPTS_MAX)
        .subscribe()
        .with(
            opened -> LOG.infof("books %s", opened ? "opened" : "left to the primary"),
            failure -> LOG.error("books could not be opened", failure));
  }

  /** Opens the books if this database can be written. Answers whether it could. */
  Uni<Boolean> open() {
    return pool.query("SELECT pg_is_in_recovery() AS replica")
        .execute()
        .map(rows -> rows.iterator().next().getBoolean("replica"))
        .flatMap(
            replica ->
                replica
                    ? Uni.createFrom().item(false)
                    : pool.withTransaction(this::openIn).replaceWith(true));
  }

  private Uni<Void> openIn(SqlConnection connection) {
    return connection
        .query(LOCK)
        .execute()
        .flatMap(locked -> connection.query(TABLES).execute())
        .flatMap(
            created ->
                connection
                    .preparedQuery(ACCOUNTS)
                    .execute(Tuple.of(settings.accounts(), settings.openingBalance())))
        .replaceWithVoid();
  }
}
