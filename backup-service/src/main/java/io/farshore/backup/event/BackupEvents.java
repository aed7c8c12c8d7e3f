package io.farshore.backup.event;

import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreOrderListener;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunListener;
import io.farshore.backup.run.RunState;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.Lsn;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.event.NewEvent;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.manifest.RecoveryPointSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells others what became of runs and restores, through the outbox on this machine's disk. An
 * event's id follows from what it tells, so that one told again after a crash is dropped.
 */
public final class BackupEvents implements RunListener, RestoreOrderListener {
  private final EventSink sink;

  public BackupEvents(EventSink sink) {
    this.sink = sink;
  }

  @Override
  public void started(Run run) {
    publish(EventTypes.BACKUP_STARTED, "backup-runs/" + run.id(), about(run));
  }

  @Override
  public void sealed(Run run, BackupResult result, Duration elapsed) {
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
    publish(EventTypes.RECOVERY_POINT_CREATED, "recovery-points/" + summary.id(), data);
  }

  @Override
  public void failed(
      Run run, RunState.Failed failure, List<CopyOutcome> outcomes, @Nullable Throwable cause) {
    Map<String, Object> data = about(run);
    data.put("code", failure.code());
    data.put("error", failure.error());
    data.put("copies", copies(outcomes));
    publish(EventTypes.BACKUP_FAILED, "backup-runs/" + run.id(), data);
  }

  @Override
  public void started(RestoreOrder order) {
    publish(EventTypes.RESTORE_STARTED, "restores/" + order.id(), about(order));
  }

  @Override
  public void ended(
      RestoreOrder order,
      @Nullable String manifestDigest,
      long damages,
      @Nullable Throwable cause) {
    Map<String, Object> data = about(order);
    String subject = "restores/" + order.id();
    switch (order.state()) {
      case RestoreState.Running running ->
          throw new IllegalArgumentException("the restore has not ended");
      case RestoreState.Completed completed -> {
        data.put("copies", completed.copies());
        data.put("restoredBytes", completed.restoredBytes());
        data.put("damages", damages);
        if (manifestDigest != null) {
          data.put("manifestDigest", manifestDigest);
        }
        data.put("elapsed", Duration.between(order.startedAt(), completed.at()).toString());
        publish(EventTypes.RESTORE_COMPLETED, subject, data);
      }
      case RestoreState.Failed failed -> {
        data.put("code", failed.code());
        data.put("error", failed.error());
        publish(EventTypes.RESTORE_FAILED, subject, data);
      }
    }
  }

  private void publish(String type, String subject, Map<String, Object> data) {
    String id =
        UUID.nameUUIDFromBytes((type + " " + subject).getBytes(StandardCharsets.UTF_8)).toString();
    sink.publish(NewEvent.of(type, subject, data).withId(id));
  }

  private static Map<String, Object> about(Run run) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", run.id().value());
    data.put("application", run.application().value());
    data.put("component", run.component());
    run.actor().ifPresent(actor -> data.put("actor", actor));
    return data;
  }

  private static Map<String, Object> about(RestoreOrder order) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("restore", order.id());
    data.put("recoveryPoint", order.recoveryPoint().value());
    data.put("directory", order.directory().toString());
    order.actor().ifPresent(actor -> data.put("actor", actor));
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
