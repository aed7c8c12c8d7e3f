package io.farshore.ledger.store;

/** The commit was asked for and not answered: the transfer may or may not be booked. */
public final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(Throwable cause) {
    super("the commit was asked for and not answered", cause);
  }
}
