package io.farshore.failover.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.farshore.kernel.ErrorCode;
import io.farshore.quorum.lease.Lease;
import java.util.Map;

/** The quorum's answer to a {@link ControlCommand}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ControlOutcome.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = ControlOutcome.Refused.class, name = "refused")
})
public sealed interface ControlOutcome {
  /**
   * Agreed, or agreed before.
   *
   * @param lease the application's lease as it is now
   * @param generation of the application's declaration
   */
  record Accepted(Lease lease, long generation) implements ControlOutcome {}

  /** Nothing was changed. */
  record Refused(ErrorCode code, Map<String, String> context) implements ControlOutcome {}
}
