package io.farshore.ledger.rest;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.farshore.ledger.store.DatabaseUnavailableException;
import io.farshore.ledger.store.OutcomeUnknownException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says in problem documents what went wrong. */
public class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  /** SQLSTATE read_only_sql_transaction: this database is a replica. */
  private static final String READ_ONLY = "25006";

  @ServerExceptionMapper
  Response outcomeUnknown(OutcomeUnknownException failure) {
    LOG.debug("outcome unknown", failure);
    return Problem.response(
        504, "outcome-unknown", "the transfer may or may not be booked; ask again with its id");
  }

  @ServerExceptionMapper
  Response late(TimeoutException failure) {
    LOG.debug("no answer in time", failure);
    return Problem.response(503, "database-unavailable", "the database did not answer in time");
  }

  @ServerExceptionMapper
  Response refusedByDatabase(PgException failure) {
    LOG.debug("refused by the database", failure);
    return READ_ONLY.equals(failure.getSqlState())
        ? Problem.response(503, "read-only", "this region's database is a replica")
        : Problem.response(503, "database-unavailable", "the database refused the request");
  }

  @ServerExceptionMapper
  Response unreachable(DatabaseUnavailableException failure) {
    LOG.debug("database cannot be reached", failure);
    return Problem.response(503, "database-unavailable", "the database cannot be reached");
  }

  @ServerExceptionMapper
  Response connectionLost(IOException failure) {
    LOG.debug("database connection lost", failure);
    return Problem.response(503, "database-unavailable", "the database connection was lost");
  }

  @ServerExceptionMapper
  Response connectionClosed(VertxException failure) {
    LOG.debug("database connection closed", failure);
    return Problem.response(503, "database-unavailable", "the database connection was closed");
  }

  @ServerExceptionMapper
  Response unreadable(MismatchedInputException failure) {
    LOG.debug("unreadable body", failure);
    return Problem.response(400, "invalid-request", "the body does not have the documented form");
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    String code = status < 500 ? "invalid-request" : "internal-error";
    return Problem.response(status, code, "the request cannot be understood");
  }
}
