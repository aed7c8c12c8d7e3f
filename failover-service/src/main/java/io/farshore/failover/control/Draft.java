package io.farshore.failover.control;

import io.farshore.failover.plan.FailoverErrors;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCode;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseCommand;
import io.farshore.quorum.lease.LeaseOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state while one command is being applied. Used by one thread and thrown away. */
final class Draft {
  private final long index;
  private final Instant at;
  private ControlState state;
  private int events;

  Draft(ControlState state, long index, Instant at) {
    this.state = state;
    this.index = index;
    this.at = at;
  }

  ControlState state() {
    return state;
  }

  void put(ApplicationRecord record) {
    state = state.with(record);
  }

  Lease lease(ApplicationId application) {
    return state.lease(application);
  }

  LeaseOutcome lease(LeaseCommand command) {
    LeaseOutcome outcome = state.leases().decide(command);
    state = state.with(state.leases().with(outcome));
    return outcome;
  }

  void tell(
      String type, ApplicationId application, @Nullable String traceparent, Map<String, ?> data) {
    // Unique even if a quorum is founded anew and its log begins at 1 again.
    String id = "failover-" + index + "-" + events++ + "-" + at.toEpochMilli();
    state =
        state.with(
            new DomainEvent(
                index, id, type, "applications/" + application, at, traceparent, Map.copyOf(data)));
  }

  ControlOutcome withApplication(
      ApplicationId id, Function<ApplicationRecord, ControlOutcome> change) {
    Optional<ApplicationRecord> record = state.application(id);
    return record.isPresent()
        ? change.apply(record.get())
        : refused(FailoverErrors.UNKNOWN_APPLICATION, Map.of("application", id.value()));
  }

  ControlOutcome accepted(ApplicationId id) {
    return new ControlOutcome.Accepted(
        state.lease(id), state.application(id).map(ApplicationRecord::generation).orElse(0L));
  }

  static ControlOutcome refused(ErrorCode code, Map<String, String> context) {
    return new ControlOutcome.Refused(code, context);
  }
}
