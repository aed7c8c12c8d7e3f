package io.farshore.testbed.demo;

import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.Execution.Measured;
import io.farshore.contracts.replication.Exposure;
import io.farshore.testbed.demo.Narrator.Row;
import io.farshore.testbed.load.ReportedLoss;
import io.farshore.testbed.load.Settlement;
import io.farshore.tlog.verify.VerificationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the story came to; written as {@code report.json}.
 *
 * @param recoveryTime from the kill to the first acknowledged write, as a client measured it
 * @param exposureBefore what Farshore said would be lost, just before
 * @param execution the failover as Farshore recorded it
 * @param settlement the clients' records held against the books
 * @param recoveryPoint the backup
 * @param restoreElapsed from the request until the restored database answered
 * @param rowCountsMatch whether the restored rows are those of the backup's position
 * @param auditEntries in the verified log
 * @param auditRoot of the verified log
 * @param violations what must not be; empty after a good end
 */
record DemoReport(
    Duration recoveryTime,
    @Nullable Exposure exposureBefore,
    Execution execution,
    Settlement settlement,
    RecoveryPoint recoveryPoint,
    Duration restoreElapsed,
    boolean rowCountsMatch,
    long auditEntries,
    String auditRoot,
    List<String> violations) {

  static DemoReport of(
      ReportedLoss reported,
      Duration recoveryTime,
      Settlement settlement,
      RecoveryPoint point,
      RestoreCheck restore,
      VerificationReport audit) {
    List<String> violations = new ArrayList<>(settlement.violations());
    violations.addAll(reported.understatements(settlement));
    if (point.copies().stream().filter(copy -> copy.state().equals("present")).count() < 2) {
      violations.add("the backup has fewer than two copies");
    }
    if (!restore.matches()) {
      violations.add("the restored row counts are not those of the backup's position");
    }
    if (!audit.intact()) {
      violations.add("the audit log does not verify");
    }
    return new DemoReport(
        recoveryTime,
        reported.exposure(),
        reported.execution(),
        settlement,
        point,
        restore.elapsed(),
        restore.matches(),
        audit.entriesChecked(),
        audit.checkpoint().map(checkpoint -> checkpoint.root().toString()).orElse("–"),
        List.copyOf(violations));
  }

  List<Row> rows(Path evidence) {
    Measured measured = execution.measured();
    List<Row> rows = new ArrayList<>();
    if (measured != null) {
      rows.add(new Row("detection", Narrator.seconds(measured.detection())));
      rows.add(new Row("fence", Narrator.seconds(measured.fence())));
      rows.add(new Row("promotion", Narrator.seconds(measured.promotion())));
      rows.add(new Row("shift", Narrator.seconds(measured.shift())));
    }
    rows.add(new Row("first write (RTO)", Narrator.seconds(recoveryTime)));
    rows.add(
        new Row(
            "loss, at most (RPO)",
            measured == null
                ? "–"
                : Narrator.seconds(measured.lossDurationMax())
                    + ", "
                    + measured.lossBytesMax()
                    + " bytes"));
    rows.add(new Row("lost acknowledged writes", Long.toString(settlement.lost())));
    rows.add(
        new Row(
            "double, invented, second writer",
            settlement.violations().isEmpty() ? "none" : "SEE ABOVE"));
    rows.add(
        new Row(
            "backup copies",
            recoveryPoint.copies().stream()
                .map(copy -> copy.region() + " (" + copy.state() + ")")
                .toList()
                .toString()));
    rows.add(new Row("restored and counted in", Narrator.seconds(restoreElapsed)));
    rows.add(new Row("audit log", auditEntries + " entries, root " + auditRoot));
    rows.add(new Row("evidence", evidence.toString()));
    rows.add(
        new Row(
            "verify it yourself",
            "./farshore ctl audit verify %s/audit-log --key %s/audit-log.vkey"
                .formatted(evidence, evidence)));
    return rows;
  }
}
