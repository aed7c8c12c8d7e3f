package io.farshore.ledger.rest;

import io.farshore.ledger.LedgerSettings;
import io.farshore.ledger.Transfer;
import io.farshore.ledger.TransferOutcome;
import io.farshore.ledger.TransferOutcome.AlreadyBooked;
import io.farshore.ledger.TransferOutcome.Booked;
import io.farshore.ledger.TransferOutcome.IdTaken;
import io.farshore.ledger.TransferOutcome.InsufficientFunds;
import io.farshore.ledger.TransferOutcome.UnknownAccount;
import io.farshore.ledger.store.Books;
import io.farshore.ledger.store.OutcomeUnknownException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books transfers and finds them again. */
@Path("/")
public class TransferResource {
  /** Ids in one lookup. */
  private static final int LOOKUP_IDS_MAX = 5_000;

  private final Books books;
  private final LedgerSettings settings;

  TransferResource(Books books, LedgerSettings settings) {
    this.books = books;
    this.settings = settings;
  }

  /**
   * Books a transfer: 201 when booked, 200 when it had been booked before, 504 when the outcome is
   * unknown (ask again with the same id), any other status when nothing was booked.
   */
  @POST
  @Path("transfers")
  public Uni<Response> book(@Nullable Transfer transfer) {
    if (transfer == null) {
      return Uni.createFrom().item(Problem.response(400, "invalid-request", "a body is needed"));
    }
    List<String> violations = transfer.violations();
    if (!violations.isEmpty()) {
      return Uni.createFrom()
          .item(Problem.response(400, "invalid-transfer", String.join("; ", violations)));
    }
    return books
        .book(transfer)
        .ifNoItem()
        .after(settings.transferTimeout())
        .fail()
        .onFailure(TimeoutException.class)
        .transform(OutcomeUnknownException::new)
        .map(TransferResource::response);
  }

  private static Response response(TransferOutcome outcome) {
    return switch (outcome) {
      case Booked(Transfer transfer) -> Response.status(201).entity(receipt(transfer)).build();
      case AlreadyBooked(Transfer transfer) -> Response.ok(receipt(transfer)).build();
      case IdTaken() ->
          Problem.response(409, "transfer-id-taken", "another transfer bears this id");
      case UnknownAccount() -> Problem.response(422, "unknown-account", "both accounts must exist");
      case InsufficientFunds() ->
          Problem.response(422, "insufficient-funds", "the balance is less than the amount");
    };
  }

  private static Receipt receipt(Transfer transfer) {
    return new Receipt(transfer.id(), transfer.from(), transfer.to(), transfer.amount());
  }

  @GET
  @Path("transfers/{id}")
  public Uni<Response> transfer(UUID id) {
    return books
        .transfer(id)
        .ifNoItem()
        .after(settings.readTimeout())
        .fail()
        .map(
            found ->
                found
                    .map(transfer -> Response.ok(transfer).build())
                    .orElseGet(
                        () -> Problem.response(404, "unknown-transfer", "no such transfer")));
  }

  /** Which of many transfers are booked. */
  @POST
  @Path("transfer-lookups")
  public Uni<Response> lookup(@Nullable Lookup lookup) {
    if (lookup == null || lookup.ids() == null || lookup.ids().size() > LOOKUP_IDS_MAX) {
      return Uni.createFrom()
          .item(Problem.response(400, "invalid-lookup", "ids: must be a list of at most 5000"));
    }
    return books
        .booked(lookup.ids())
        .ifNoItem()
        .after(settings.readTimeout())
        .fail()
        .map(found -> Response.ok(new Lookup(found)).build());
  }

  /** The answer to a transfer that is booked; without the memo, which the caller knows. */
  public record Receipt(
      @Nullable UUID id, @Nullable String from, @Nullable String to, long amount) {}

  /** Ids asked about; in the answer, those that are booked. */
  public record Lookup(@Nullable List<UUID> ids) {}
}
