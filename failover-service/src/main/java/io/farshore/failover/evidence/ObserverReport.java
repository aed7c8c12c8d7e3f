package io.farshore.failover.evidence;

import io.farshore.kernel.MemberId;
import java.util.List;

/**
 * Everything one member sees at one moment, as it tells the others each second.
 *
 * @param observer who
 * @param observations one for each endpoint it probes
 */
public record ObserverReport(MemberId observer, List<Observation> observations) {
  public ObserverReport {
    observations = List.copyOf(observations);
  }

  /** This observer's word on one endpoint; unknown if it does not probe it. */
  public Health healthOf(Endpoint endpoint) {
    return observations.stream()
        .filter(observation -> observation.endpoint().equals(endpoint))
        .map(Observation::health)
        .findFirst()
        .orElse(Health.UNKNOWN);
  }
}
