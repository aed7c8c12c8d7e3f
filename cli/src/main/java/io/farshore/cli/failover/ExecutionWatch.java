package io.farshore.cli.failover;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Progress;
import io.farshore.cli.output.Quantities;
import io.farshore.cli.service.Services;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.Execution;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.FarshoreException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows an execution's steps as they happen. While a region is lost no member may answer for some
 * seconds; that is waited out, up to a limit.
 */
final class ExecutionWatch {
  /** Longer than any election; after this the quorum itself is lost. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  private final Services services;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Format format;
  private final Map<String, String> shown = new HashMap<>();

  ExecutionWatch(Services services, @Nullable CommandSpec spec, Format format) {
    this.services = services;
    this.out = Output.of(spec);
    this.err = Output.errorsOf(spec);
    this.format = format;
  }

  /** Answers the exit code. */
  int watch(Execution first) {
    Execution execution = first;
    if (format == Format.table) {
      out.printf(
          "%s of %s from %s to %s (%s), %s: %s%n",
          execution.kind(),
          execution.application(),
          execution.from(),
          execution.to(),
          execution.id(),
          execution.trigger().equals("automatic")
              ? "begun by the quorum"
              : "asked for by " + execution.trigger(),
          execution.reason());
    }
    show(execution);
    while (execution.finishedAt() == null && !execution.state().equals("stuck")) {
      execution = next(execution.id());
      show(execution);
    }
    return conclude(execution);
  }

  private Execution next(String id) {
    long silentSince = System.nanoTime();
    while (true) {
      Progress.pause();
      try {
        return services
            .first("failover-service", "/v1/executions/" + id, Execution.class)
            .value()
            .orElseThrow();
      } catch (FarshoreException e) {
        boolean patient = System.nanoTime() - silentSince < SILENCE_MAX.toNanos();
        if (e.code().category() != ErrorCategory.UNAVAILABLE || !patient) {
          throw e;
        }
      }
    }
  }

  private void show(Execution execution) {
    if (format == Format.json) {
      return;
    }
    for (Execution.Step step : execution.steps()) {
      String line = line(execution, step);
      boolean worth = !step.state().equals("pending");
      if (worth && !line.equals(shown.put(step.name(), line))) {
        out.println(line);
      }
    }
    String held = execution.heldBefore();
    if (held != null && !held.equals(shown.put("", held))) {
      out.printf("  held before %s: farshorectl failover acknowledge %s%n", held, execution.id());
    }
    out.flush();
  }

  private static String line(Execution execution, Execution.Step step) {
    Instant at = step.finishedAt() == null ? step.startedAt() : step.finishedAt();
    String since =
        at == null ? "" : Quantities.duration(Duration.between(execution.startedAt(), at));
    String detail =
        step.detail().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return "  %8s  %-8s %-10s %s%s"
        .formatted(
            since,
            step.name(),
            step.state(),
            detail,
            step.attempts() > 1 ? " (attempt " + step.attempts() + ")" : "")
        .stripTrailing();
  }

  private int conclude(Execution execution) {
    if (format == Format.json) {
      Json.print(out, execution);
    }
    if (!execution.state().equals("completed")) {
      err.println("farshorectl: the execution ended as " + execution.state());
      return ExitCodes.ERROR;
    }
    Execution.Measured measured = execution.measured();
    if (measured == null) {
      return ExitCodes.OK;
    }
    if (format == Format.table) {
      out.printf(
          "completed: recovery time %s (detection %s, fence %s, promotion %s, shift %s);"
              + " loss at most %s, %s%s%n",
          Quantities.duration(measured.achievedRecoveryTime()),
          Quantities.duration(measured.detection()),
          Quantities.duration(measured.fence()),
          Quantities.duration(measured.promotion()),
          Quantities.duration(measured.shift()),
          Quantities.duration(measured.lossDurationMax()),
          Quantities.bytes(measured.lossBytesMax()),
          measured.lossKnownExactly() ? ", known exactly" : "");
    }
    return withinObjectives(execution, measured) ? ExitCodes.OK : ExitCodes.OBJECTIVE_MISSED;
  }

  private boolean withinObjectives(Execution execution, Execution.Measured measured) {
    ApplicationSpec spec =
        services
            .first(
                "failover-service",
                "/v1/applications/" + execution.application(),
                Application.class)
            .value()
            .orElseThrow()
            .spec();
    boolean within = true;
    Duration time = spec.recoveryTimeObjective();
    if (time != null && measured.achievedRecoveryTime().compareTo(time) > 0) {
      err.println("farshorectl: the recovery time objective was " + Quantities.duration(time));
      within = false;
    }
    Duration loss = spec.recoveryPointObjective();
    Duration lost = measured.lossDurationMax();
    if (loss != null && lost != null && lost.compareTo(loss) > 0) {
      err.println("farshorectl: the recovery point objective was " + Quantities.duration(loss));
      within = false;
    }
    return within;
  }
}
