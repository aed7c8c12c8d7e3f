package io.farshore.failover.control;

import io.farshore.contracts.event.EventTypes;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.RenewLease;
import io.farshore.failover.control.ControlCommand.TakeLease;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseCommand;
import io.farshore.quorum.lease.LeaseOutcome;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may write. */
final class LeaseTransitions {
  private LeaseTransitions() {}

  static ControlOutcome take(Draft draft, TakeLease command) {
    return draft.withApplication(
        command.application(),
        record -> {
          Optional<String> objection = objection(record, command);
          if (objection.isPresent()) {
            return notAvailable(objection.get());
          }
          LeaseOutcome outcome =
              draft.lease(
                  new LeaseCommand.Grant(
                      command.application(),
                      command.region(),
                      record.spec().policy().leaseDuration(),
                      command.expectedRevision()));
          if (outcome instanceof LeaseOutcome.Refused) {
            return notAvailable("the lease changed meanwhile");
          }
          draft.put(
              record
                  .with(
                      record
                          .writer()
                          .seen(
                              command.region(),
                              command.position(),
                              command.at(),
                              outcome.lease().duration()))
                  .with((Refusal) null));
          granted(draft, outcome.lease(), "taken", null);
          return draft.accepted(command.application());
        });
  }

  private static Optional<String> objection(ApplicationRecord record, TakeLease command) {
    RegionId writer = record.writer().region();
    if (record.underWay().isPresent()) {
      return Optional.of("the application is moving");
    }
    if (writer == null) {
      return record.spec().home().equals(command.region())
          ? Optional.empty()
          : Optional.of("the first to write is the home region");
    }
    if (!writer.equals(command.region())) {
      return Optional.of("another region's history is the one to follow");
    }
    return record
        .writer()
        .history()
        .timeline()
        .filter(timeline -> !timeline.equals(command.position().position().timeline()))
        .map(timeline -> "the database is on another timeline than it was");
  }

  static ControlOutcome renew(Draft draft, RenewLease command) {
    return draft.withApplication(
        command.application(),
        record -> {
          LeaseOutcome outcome =
              draft.lease(
                  new LeaseCommand.Renew(command.application(), command.region(), command.epoch()));
          if (outcome instanceof LeaseOutcome.Refused) {
            return notAvailable("held by another, or under another epoch");
          }
          Lease lease = outcome.lease();
          draft.put(
              record.with(
                  command.position() == null
                      ? record.writer().renewed(command.region(), command.at(), lease.duration())
                      : record
                          .writer()
                          .seen(
                              command.region(),
                              command.position(),
                              command.at(),
                              lease.duration())));
          return draft.accepted(command.application());
        });
  }

  static ControlOutcome release(Draft draft, ReleaseLease command) {
    return draft.withApplication(
        command.application(),
        record -> {
          LeaseOutcome outcome =
              draft.lease(
                  new LeaseCommand.Release(
                      command.application(), command.region(), command.epoch()));
          if (outcome instanceof LeaseOutcome.Refused) {
            return notAvailable("held by another, or under another epoch");
          }
          draft.put(
              record.with(
                  record.writer().stopped(command.region(), command.position(), command.at())));
          draft.tell(
              EventTypes.LEASE_RELEASED,
              command.application(),
              null,
              Map.of(
                  "application", command.application().value(),
                  "region", command.region().value(),
                  "epoch", command.epoch().value(),
                  "reason", command.reason()));
          return draft.accepted(command.application());
        });
  }

  static void granted(Draft draft, Lease lease, String how, @Nullable String traceparent) {
    draft.tell(
        EventTypes.LEASE_GRANTED,
        lease.application(),
        traceparent,
        Map.of(
            "application", lease.application().value(),
            "region", String.valueOf(lease.holder()),
            "epoch", lease.epoch().value(),
            "duration", lease.duration().toString(),
            "how", how));
  }

  private static ControlOutcome notAvailable(String why) {
    return Draft.refused(FailoverErrors.LEASE_NOT_AVAILABLE, Map.of("why", why));
  }
}
