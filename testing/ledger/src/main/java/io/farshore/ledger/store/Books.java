package io.farshore.ledger.store;

import io.farshore.ledger.Account;
import io.farshore.ledger.Invariant;
import io.farshore.ledger.Transfer;
import io.farshore.ledger.TransferOutcome;
import io.farshore.ledger.TransferOutcome.AlreadyBooked;
import io.farshore.ledger.TransferOutcome.Booked;
import io.farshore.ledger.TransferOutcome.IdTaken;
import io.farshore.ledger.TransferOutcome.InsufficientFunds;
import io.farshore.ledger.TransferOutcome.UnknownAccount;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books transfers and reads them back. Nothing here times out a commit: only the database knows
 * when it is durable, so a caller that cannot wait must take the outcome as unknown.
 */
@ApplicationScoped
public class Books {
  private final Pool pool;

  Books(Pool pool) {
    this.pool = pool;
  }

  /**
   * Books one transfer in one transaction, at most once for its id.
   *
   * <p>The first statement locks the two accounts, in one order everywhere so that two transfers
   * cannot block each other. It also makes every outcome a written transaction: an answer to a
   * repeated request is given only after a commit as durable as the first one was.
   *
   * @param transfer without {@link Transfer#violations()}
   * @return fails with {@link OutcomeUnknownException} if the commit was not answered, and with any
   *     other failure only if nothing was booked
   */
  public Uni<TransferOutcome> book(Transfer transfer) {
    // Memoized because a caller who stops waiting must not stop the work half-way: the connection
    // goes back to the pool only when the database has answered.
    return pool.getConnection()
        .onFailure()
        .transform(DatabaseUnavailableException::new)
        .flatMap(
            connection ->
                bookOn(connection, transfer)
                    .onItemOrFailure()
                    .call((outcome, failure) -> connection.close()))
        .memoize()
        .indefinitely();
  }

  private static Uni<TransferOutcome> bookOn(SqlConnection connection, Transfer transfer) {
    return connection
        .begin()
        .flatMap(
            transaction ->
                bookIn(connection, transfer)
                    .onFailure()
                    .call(
                        () ->
                            transaction
                                .rollback()
                                .onFailure()
                                .recoverWithUni(Uni.createFrom().voidItem()))
                    .call(
                        () ->
                            transaction
                                .commit()
                                .onFailure()
                                .transform(OutcomeUnknownException::new)));
  }

  private static Uni<TransferOutcome> bookIn(SqlConnection connection, Transfer transfer) {
    return connection
        .preparedQuery(
            "SELECT id, balance FROM account WHERE id IN ($1, $2) ORDER BY id FOR NO KEY UPDATE")
        .execute(Tuple.of(transfer.from(), transfer.to()))
        .flatMap(
            accounts ->
                accounts.size() < 2
                    ? Uni.createFrom().item(new UnknownAccount())
                    : insert(connection, transfer, balanceOf(accounts, transfer)));
  }

  private static long balanceOf(RowSet<Row> accounts, Transfer transfer) {
    for (Row row : accounts) {
      if (row.getString("id").equals(transfer.from())) {
        return row.getLong("balance");
      }
    }
    throw new IllegalStateException("two accounts were locked and neither is the debited one");
  }

  private static Uni<TransferOutcome> insert(
      SqlConnection connection, Transfer transfer, long balance) {
    if (balance < transfer.amount()) {
      return existing(connection, transfer).map(found -> found.orElseGet(InsufficientFunds::new));
    }
    return connection
        .preparedQuery(
            "INSERT INTO transfer (id, debited, credited, amount, memo) VALUES ($1, $2, $3, $4, $5)"
                + " ON CONFLICT (id) DO NOTHING")
        .execute(
            Tuple.of(
                transfer.id(), transfer.from(), transfer.to(), transfer.amount(), transfer.memo()))
        .flatMap(
            inserted ->
                inserted.rowCount() == 0
                    ? existing(connection, transfer).map(found -> found.orElseGet(IdTaken::new))
                    : move(connection, transfer));
  }

  private static Uni<TransferOutcome> move(SqlConnection connection, Transfer transfer) {
    return connection
        .preparedQuery(
            "UPDATE account SET balance = balance + CASE id WHEN $1 THEN -$3::bigint ELSE $3 END"
                + " WHERE id IN ($1, $2)")
        .execute(Tuple.of(transfer.from(), transfer.to(), transfer.amount()))
        .replaceWith(new Booked(transfer));
  }

  private static Uni<Optional<TransferOutcome>> existing(
      SqlConnection connection, Transfer transfer) {
    return connection
        .preparedQuery("SELECT id, debited, credited, amount, memo FROM transfer WHERE id = $1")
        .execute(Tuple.of(transfer.id()))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    transferOf(row).equals(transfer) ? new AlreadyBooked(transfer) : new IdTaken());
              }
              return Optional.empty();
            });
  }

  /** The transfer with this id, if it is booked. */
  public Uni<Optional<Transfer>> transfer(UUID id) {
    return pool.preparedQuery(
            "SELECT id, debited, credited, amount, memo FROM transfer WHERE id = $1")
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(transferOf(rows.iterator().next())));
  }

  /** Those of {@code ids} that are booked, in no particular order. */
  public Uni<List<UUID>> booked(List<UUID> ids) {
    return pool.preparedQuery("SELECT id FROM transfer WHERE id = ANY ($1)")
        .execute(Tuple.of(ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              List<UUID> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(row.getUUID("id")));
              return found;
            });
  }

  /** The account with this name, if it exists. */
  public Uni<Optional<Account>> account(String id) {
    return pool.preparedQuery("SELECT id, balance FROM account WHERE id = $1")
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(new Account(id, rows.iterator().next().getLong("balance"))));
  }

  /** Whether the books balance, in one snapshot. */
  public Uni<Invariant> invariant() {
    return pool.query(
            """
            WITH moved AS (
              SELECT id, sum(amount)::bigint AS amount FROM (
                SELECT debited AS id, -amount AS amount FROM transfer
                UNION ALL
                SELECT credited, amount FROM transfer) AS each
              GROUP BY id)
            SELECT (SELECT count(*) FROM transfer) AS transfers,
                   count(*) AS accounts,
                   coalesce(sum(balance), 0)::bigint AS total,
                   coalesce(sum(opening_balance), 0)::bigint AS opening,
                   count(*) FILTER (WHERE balance <> opening_balance + coalesce(moved.amount, 0))
                     AS mismatched,
                   count(*) FILTER (WHERE balance < 0) AS negative
            FROM account LEFT JOIN moved USING (id)
            """)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                Invariant.of(
                    row.getLong("accounts"),
                    row.getLong("transfers"),
                    row.getLong("total"),
                    row.getLong("opening"),
                    row.getLong("mismatched"),
                    row.getLong("negative")));
  }

  /** Completes if the database answers. */
  public Uni<Void> ping() {
    return pool.query("SELECT 1").execute().replaceWithVoid();
  }

  private static Transfer transferOf(Row row) {
    return new Transfer(
        row.getUUID("id"),
        row.getString("debited"),
        row.getString("credited"),
        row.getLong("amount"),
        row.getString("memo"));
  }
}
