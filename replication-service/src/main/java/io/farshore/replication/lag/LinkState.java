package io.farshore.replication.lag;

import java.util.Locale;

/** Whether changes flow. */
public enum LinkState {
  /** Connected, and something is on its way. */
  STREAMING,
  /** Connected, and everything has arrived. */
  IDLE,
  /** The database answered, and nothing is connected. */
  DISCONNECTED,
  /** The database did not answer. */
  UNKNOWN;

  public boolean isConnected() {
    return this == STREAMING || this == IDLE;
  }

  /** As in the API: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
