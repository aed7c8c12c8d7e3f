package io.farshore.failover.evidence;

/** What an observer makes of an endpoint after applying its threshold. */
public enum Health {
  /** Not enough probes yet. */
  UNKNOWN,
  UP,
  DOWN
}
