package io.farshore.testbed;

import io.farshore.testbed.process.AotCaches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a world shall be.
 *
 * @param regions in order of preference; the first is the application's home
 * @param witness the quorum witness's site
 * @param roundTrip between any two sites
 * @param commitGate whether commits wait for the write lease
 * @param leaseDuration of the write lease
 * @param probeInterval between two probes of an endpoint
 * @param failureThreshold failed probes in a row after which an endpoint is down
 * @param automatic whether the application moves without being told
 * @param failoverOnly whether there are only the quorum and the application's databases
 * @param directory where everything lies
 * @param aotCaches what to do about the JVM's caches
 */
record WorldPlan(
    List<String> regions,
    String witness,
    Duration roundTrip,
    boolean commitGate,
    Duration leaseDuration,
    Duration probeInterval,
    int failureThreshold,
    boolean automatic,
    boolean failoverOnly,
    Path directory,
    AotCaches.Use aotCaches) {
  /** The application that every world protects. */
  static final String APPLICATION = "ledger";

  String home() {
    return regions.getFirst();
  }

  List<String> sites() {
    List<String> sites = new ArrayList<>(regions);
    sites.add(witness);
    return sites;
  }
}
