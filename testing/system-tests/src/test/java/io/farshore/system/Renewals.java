package io.farshore.system;

import io.farshore.testbed.client.FarshoreClient;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Holds once a region's member has seen the lease renewed so many times. */
final class Renewals implements BooleanSupplier {
  private final FarshoreClient client;
  private final String region;
  private final int wanted;
  private final Set<Instant> seen = new HashSet<>();

  Renewals(FarshoreClient client, String region, int wanted) {
    this.client = client;
    this.region = region;
    this.wanted = wanted;
  }

  @Override
  public boolean getAsBoolean() {
    seen.add(client.leases(region).getFirst().renewedAt());
    return seen.size() > wanted;
  }
}
