package io.farshore.failover.evidence;

import java.util.Locale;

/** What of a region is probed. */
public enum EndpointKind {
  /** The gateway's data plane. */
  GATEWAY,
  /** The region's failover-service. */
  CONTROL,
  /** An application's PostgreSQL. */
  DATABASE,
  /** An application's HTTP upstream. */
  APPLICATION;

  /** The word used in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
