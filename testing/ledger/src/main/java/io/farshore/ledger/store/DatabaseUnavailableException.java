package io.farshore.ledger.store;

/** The database cannot be reached or has no connection to spare; nothing was changed. */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(Throwable cause) {
    super("the database cannot be reached", cause);
  }
}
