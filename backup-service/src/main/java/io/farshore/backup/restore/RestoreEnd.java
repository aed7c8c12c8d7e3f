package io.farshore.backup.restore;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.BackupEvents;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.restore.RestoreResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a restore ended.
 *
 * @param order in its last state, with the event that tells of it
 * @param damages that another copy had to stand in for
 * @param cause of a failure
 */
record RestoreEnd(RestoreOrder order, long damages, @Nullable Throwable cause) {
  /** The directory is whole and lies under its name: from here on nothing can fail it. */
  static RestoreEnd completed(RestoreOrder order, RestoreResult result, Instant at) {
    RestoreState.Completed end =
        new RestoreState.Running()
            .toCompleted(
                at, result.copiesUsed().stream().sorted().toList(), result.restoredBytes());
    return new RestoreEnd(
        order.with(
            end,
            List.of(
                BackupEvents.completed(order, end, result.manifestDigest(), result.damageCount()))),
        result.damageCount(),
        null);
  }

  static RestoreEnd failed(
      RestoreOrder order, RuntimeException cause, Instant at, long restoredBytes) {
    RestoreState.Running running = new RestoreState.Running();
    return failed(
        order,
        cause instanceof FarshoreException e
            ? running.toFailed(at, e.code().value(), e.describe(), restoredBytes)
            : running.toFailed(
                at,
                BackupErrors.DEFECT.value(),
                "The restore failed in an unexpected way",
                restoredBytes),
        cause);
  }

  /** Another process began it and did not end it. */
  static RestoreEnd interrupted(RestoreOrder order, Instant at) {
    return failed(
        order,
        new RestoreState.Running()
            .toFailed(
                at,
                BackupErrors.INTERRUPTED.value(),
                "The service ended while the restore was under way",
                0),
        null);
  }

  private static RestoreEnd failed(
      RestoreOrder order, RestoreState.Failed end, @Nullable Throwable cause) {
    return new RestoreEnd(order.with(end, List.of(BackupEvents.failed(order, end))), 0, cause);
  }
}
