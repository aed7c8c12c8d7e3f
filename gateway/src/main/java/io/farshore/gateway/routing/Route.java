package io.farshore.gateway.routing;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One application's part of a routing table. Immutable.
 *
 * @param application whose
 * @param component the {@code http} component that serves requests
 * @param revision of the table it came in
 * @param epoch of the write lease
 * @param writer the region that holds it; absent while nobody may write
 * @param readOnly whether writes are refused for now, whoever holds the lease
 * @param regions every region of the application, in its order of preference
 */
public record Route(
    ApplicationId application,
    String component,
    long revision,
    Epoch epoch,
    @Nullable RegionId writer,
    boolean readOnly,
    Map<RegionId, RegionMode> regions) {
  public Route {
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
  }

  /**
   * Whether a gateway that holds {@code other} must take this one instead: the newer epoch wins,
   * then the higher revision. An older epoch never comes back, whatever its revision.
   */
  public boolean supersedes(Route other) {
    int byEpoch = epoch.compareTo(other.epoch);
    return byEpoch > 0 || (byEpoch == 0 && revision > other.revision);
  }
}
