package io.farshore.failover.evidence;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks an endpoint whether it serves. May be called from any thread and answers on any. */
public interface EndpointProber {
  /** Whether this member has an address for it. What it cannot reach by design is not probed. */
  boolean knows(Endpoint endpoint);

  /** Completes when the endpoint answered as it should; fails otherwise, at the latest in time. */
  CompletionStage<Void> probe(Endpoint endpoint, Duration timeout);
}
