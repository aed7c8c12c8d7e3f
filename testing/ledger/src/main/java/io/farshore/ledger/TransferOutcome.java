package io.farshore.ledger;

/** What became of a transfer that reached the database. */
public sealed interface TransferOutcome {
  /** Booked and durable by the database's own rules. */
  record Booked(Transfer transfer) implements TransferOutcome {}

  /** The same transfer had been booked before; nothing moved a second time. */
  record AlreadyBooked(Transfer transfer) implements TransferOutcome {}

  /** Another transfer bears this id. */
  record IdTaken() implements TransferOutcome {}

  /** One of the two accounts does not exist. */
  record UnknownAccount() implements TransferOutcome {}

  /** The account debited holds less than the amount. */
  record InsufficientFunds() implements TransferOutcome {}
}
