package io.farshore.ledger.rest;

import io.farshore.ledger.Invariant;
import io.farshore.ledger.LedgerSettings;
import io.farshore.ledger.store.Books;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Reads the books; answered by a replica as well, as far as it has come. */
@Path("/")
public class BookResource {
  private final Books books;
  private final LedgerSettings settings;

  BookResource(Books books, LedgerSettings settings) {
    this.books = books;
    this.settings = settings;
  }

  @GET
  @Path("accounts/{id}")
  public Uni<Response> account(String id) {
    return books
        .account(id)
        .ifNoItem()
        .after(settings.readTimeout())
        .fail()
        .map(
            found ->
                found
                    .map(account -> Response.ok(account).build())
                    .orElseGet(() -> Problem.response(404, "unknown-account", "no such account")));
  }

  @GET
  @Path("invariant")
  public Uni<Invariant> invariant() {
    return books.invariant().ifNoItem().after(settings.readTimeout()).fail();
  }

  /** For load balancers: 200 while the database answers, whichever role it has. */
  @GET
  @Path("health")
  public Uni<Response> health() {
    return books
        .ping()
        .ifNoItem()
        .after(settings.transferTimeout())
        .fail()
        .replaceWith(() -> Response.noContent().build());
  }
}
