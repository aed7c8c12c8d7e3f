package io.farshore.replication.lag;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;

/**
 * A stream of changes from one region to another.
 *
 * @param application whose
 * @param from where changes are made
 * @param to where they arrive
 */
public record LinkKey(ApplicationId application, RegionId from, RegionId to) {
  /** For events and logs. */
  public String subject() {
    return "links/" + application + "/" + from + "/" + to;
  }
}
