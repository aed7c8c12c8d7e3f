package io.farshore.testing.postgres;

/** How a server is asked to stop. To stop it without asking, {@link PostgresServer#kill()} it. */
public enum StopMode {
  /** Ends sessions, writes a checkpoint, lets standbys and archivers catch up (SIGINT). */
  FAST("INT"),
  /** Ends at once; the next start recovers from the log (SIGQUIT). */
  IMMEDIATE("QUIT");

  private final String signal;

  StopMode(String signal) {
    this.signal = signal;
  }

  String signal() {
    return signal;
  }
}
