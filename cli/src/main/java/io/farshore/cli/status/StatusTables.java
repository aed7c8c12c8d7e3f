package io.farshore.cli.status;

import io.farshore.cli.output.Quantities;
import io.farshore.cli.output.Table;
import io.farshore.contracts.Condition;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** The status for people. */
final class StatusTables {
  private StatusTables() {}

  static void print(PrintWriter out, StatusReport report) {
    applications(out, report);
    regions(out, report);
    replication(out, report);
    recoveryPoints(out, report);
    for (Execution execution : report.executions()) {
      out.printf(
          "%nUnder way: %s of %s from %s to %s, %s (%s)%n",
          execution.kind(),
          execution.application(),
          execution.from(),
          execution.to(),
          execution.heldBefore() == null
              ? execution.state()
              : "held before " + execution.heldBefore(),
          execution.id());
    }
    if (!report.silent().isEmpty()) {
      out.println();
      Table table = new Table("NO ANSWER FROM", "SERVICE", "WHY");
      report.silent().forEach(s -> table.row(s.site(), s.service(), s.error()));
      table.print(out);
    }
  }

  private static void applications(PrintWriter out, StatusReport report) {
    Table table = new Table("APPLICATION", "TIER", "WRITES IN", "EPOCH", "LEASE", "CONDITIONS");
    for (Application application : report.applications()) {
      LeaseView lease = application.status().lease();
      table.row(
          application.metadata().name(),
          application.spec().tier(),
          lease == null ? null : lease.holder(),
          lease == null ? null : lease.epoch(),
          lease == null ? "none" : lease.expired() ? "expired" : "valid",
          application.status().conditions().stream()
              .map(StatusTables::condition)
              .collect(Collectors.joining(", ")));
    }
    if (table.isEmpty()) {
      out.println("No application is declared, or no quorum member answers.");
    } else {
      table.print(out);
    }
  }

  private static String condition(Condition condition) {
    return switch (condition.status()) {
      case "True" -> condition.type();
      case "False" -> "not " + condition.type() + " (" + condition.reason() + ")";
      default -> condition.type() + " unknown (" + condition.reason() + ")";
    };
  }

  private static String answer(String condition) {
    return switch (condition) {
      case "True" -> "yes";
      case "False" -> "no";
      default -> "unknown";
    };
  }

  private static void regions(PrintWriter out, StatusReport report) {
    if (report.regions().isEmpty()) {
      return;
    }
    out.println();
    Table table =
        new Table("REGION", "APPLICATION", "DATABASE", "TIMELINE", "POSITION", "DIVERGED");
    for (RegionStatus region : report.regions()) {
      RegionStatus.Divergence divergence = region.divergence();
      table.row(
          region.region(),
          region.application(),
          region.role(),
          region.timeline(),
          region.lsn(),
          divergence == null ? null : Quantities.bytes(divergence.bytes()));
    }
    table.print(out);
  }

  private static void replication(PrintWriter out, StatusReport report) {
    if (!report.links().isEmpty()) {
      out.println();
      Table table = new Table("FROM", "TO", "STATE", "LAG", "BEHIND", "HEARTBEAT LAG");
      for (ReplicationLink link : report.links()) {
        table.row(
            link.from(),
            link.to(),
            link.state(),
            Quantities.duration(link.serverLag()),
            Quantities.bytes(link.serverLagBytes()),
            Quantities.duration(link.heartbeatLag()));
      }
      table.print(out);
    }
    if (!report.exposures().isEmpty()) {
      out.println();
      Table table =
          new Table("IF LOST NOW", "SURVIVOR", "LOSS AT MOST", "BYTES", "WITHIN OBJECTIVE");
      for (Exposure exposure : report.exposures()) {
        table.row(
            exposure.region(),
            exposure.survivor(),
            Quantities.duration(exposure.duration()),
            Quantities.bytes(exposure.bytes()),
            answer(exposure.withinObjective()));
      }
      table.print(out);
    }
  }

  private static void recoveryPoints(PrintWriter out, StatusReport report) {
    if (report.newestRecoveryPoints().isEmpty()) {
      return;
    }
    out.println();
    Table table = new Table("NEWEST RECOVERY POINT", "TAKEN", "SIZE", "COPIES");
    for (RecoveryPoint point : report.newestRecoveryPoints()) {
      table.row(point.id(), point.takenAt(), Quantities.bytes(point.sourceBytes()), copies(point));
    }
    table.print(out);
  }

  static String copies(RecoveryPoint point) {
    return point.copies().stream()
        .map(
            copy ->
                copy.name()
                    + " in "
                    + copy.region()
                    + (copy.state().equals("present") ? "" : " (" + copy.state() + ")"))
        .collect(Collectors.joining(", "));
  }
}
