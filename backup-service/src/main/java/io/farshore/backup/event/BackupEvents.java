package io.farshore.backup.event;

import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.Lsn;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.manifest.RecoveryPointSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of runs and restores. */
public final class BackupEvents {
  private BackupEvents() {}

  public static BackupEvent started(Run run) {
    return event(EventTypes.BACKUP_STARTED, "backup-runs/" + run.id(), about(run), run.origin());
  }

  /** A recovery point exists, in those copies whose outcome is complete. */
  public static BackupEvent sealed(Run run, BackupResult result, Duration elapsed) {
    RecoveryPointSummary summary = result.manifest().summary();
    Map<String, Object> data = about(run);
    data.put("recoveryPoint", summary.id().value());
    data.put("manifestDigest", result.manifestDigest());
    data.put("systemIdentifier", summary.source().systemIdentifier());
    data.put("timeline", summary.timeline().id());
    data.put("startLsn", summary.startLsn().toString());
    data.put("stopLsn", summary.stopLsn().toString());
    Lsn countsLsn = summary.countsLsn();
    if (countsLsn != null) {
      data.put("countsLsn", countsLsn.toString());
    }
    data.put("takenAt", summary.takenAt().toString());
    data.put("sourceBytes", summary.sourceBytes());
    data.put("storedBytes", summary.storedBytes());
    data.put("elapsed", elapsed.toString());
    data.put("copies", copies(result.outcomes()));
    return event(
        EventTypes.RECOVERY_POINT_CREATED, "recovery-points/" + summary.id(), data, run.origin());
  }

  /** The run did not reach its aim; a recovery point may exist in some copies all the same. */
  public static BackupEvent failed(Run run, RunState.Failed failure, List<CopyOutcome> outcomes) {
    Map<String, Object> data = about(run);
    data.put("code", failure.code());
    data.put("error", failure.error());
    data.put("copies", copies(outcomes));
    return event(EventTypes.BACKUP_FAILED, "backup-runs/" + run.id(), data, run.origin());
  }

  public static BackupEvent started(RestoreOrder order) {
    return event(EventTypes.RESTORE_STARTED, about(order), order);
  }

  /**
   * @param manifestDigest of what was restored
   * @param damages that another copy had to stand in for
   */
  public static BackupEvent completed(
      RestoreOrder order, RestoreState.Completed end, String manifestDigest, long damages) {
    Map<String, Object> data = about(order);
    data.put("copies", end.copies());
    data.put("restoredBytes", end.restoredBytes());
    data.put("damages", damages);
    data.put("manifestDigest", manifestDigest);
    data.put("elapsed", Duration.between(order.startedAt(), end.at()).toString());
    return event(EventTypes.RESTORE_COMPLETED, data, order);
  }

  public static BackupEvent failed(RestoreOrder order, RestoreState.Failed end) {
    Map<String, Object> data = about(order);
    data.put("code", end.code());
    data.put("error", end.error());
    return event(EventTypes.RESTORE_FAILED, data, order);
  }

  private static BackupEvent event(String type, Map<String, Object> data, RestoreOrder order) {
    return event(type, "restores/" + order.id(), data, order.origin());
  }

  private static BackupEvent event(
      String type, String subject, Map<String, Object> data, Origin origin) {
    origin.actor().ifPresent(actor -> data.put("actor", actor));
    return new BackupEvent(type, subject, data, origin.traceparent());
  }

  private static Map<String, Object> about(Run run) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", run.id().value());
    data.put("application", run.application().value());
    data.put("component", run.component());
    return data;
  }

  private static Map<String, Object> about(RestoreOrder order) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("restore", order.id());
    data.put("recoveryPoint", order.recoveryPoint().value());
    data.put("directory", order.directory().toString());
    return data;
  }

  private static List<Map<String, Object>> copies(List<CopyOutcome> outcomes) {
    List<Map<String, Object>> copies = new ArrayList<>();
    for (CopyOutcome outcome : outcomes) {
      Map<String, Object> copy = new LinkedHashMap<>();
      copy.put("name", outcome.copy());
      copy.put("complete", outcome.complete());
      copy.put("storedBytes", outcome.storedBytes());
      outcome.failure().ifPresent(failure -> copy.put("error", failure.describe()));
      copies.add(copy);
    }
    return copies;
  }
}
