package io.farshore.contracts.failover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be protected and how well.
 *
 * @param owner who answers for it
 * @param tier {@code critical}, {@code high}, {@code medium}, {@code low} or {@code custom}
 * @param recoveryPointObjective how much committed work may be lost; absent: the tier's
 * @param recoveryTimeObjective how long it may be down; absent: the tier's
 * @param regions where it can run, in order of preference; the first is its home
 * @param components what it is made of
 * @param failover how it moves
 */
public record ApplicationSpec(
    String owner,
    String tier,
    @Nullable Duration recoveryPointObjective,
    @Nullable Duration recoveryTimeObjective,
    List<RegionSpec> regions,
    List<ComponentSpec> components,
    FailoverSpec failover) {

  /**
   * @param name the region
   * @param role {@code primary} or {@code standby} when the application is first declared
   */
  public record RegionSpec(String name, String role) {}

  /**
   * @param name unique within the application; with the application's name it is the key of the
   *     address book
   * @param kind {@code postgresql}, {@code http}, {@code files}, {@code configuration}, {@code
   *     cache}, {@code queue} or {@code bucket}
   * @param settings by kind
   */
  public record ComponentSpec(String name, String kind, Map<String, String> settings) {}

  /**
   * @param mode {@code automatic} or {@code manual}
   * @param leaseDuration how long a right to write lasts without renewal
   * @param probeInterval time between two probes of an endpoint
   * @param failureThreshold failed probes in a row after which an observer calls an endpoint down
   * @param commitGate whether commits wait for the region's lease (synchronous standby {@code
   *     farshore_gate})
   */
  public record FailoverSpec(
      String mode,
      Duration leaseDuration,
      Duration probeInterval,
      int failureThreshold,
      boolean commitGate) {}
}
