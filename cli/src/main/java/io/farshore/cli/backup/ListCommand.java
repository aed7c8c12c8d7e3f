package io.farshore.cli.backup;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Failures;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Quantities;
import io.farshore.cli.output.Table;
import io.farshore.cli.service.Services;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.repository.LoadedRecoveryPoint;
import io.farshore.vault.repository.Repository;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farshorectl backup list}. */
@Command(
    name = "list",
    description = {
      "Lists recovery points, the newest first: those the services know, or with --repository and"
          + " --key-file those that lie there."
    },
    mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
  private static final int LIMIT_MAX = 100;

  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--limit", paramLabel = "N", description = "1 to 100. Default: ${DEFAULT-VALUE}.")
  int limit = 20;

  @Override
  public Integer call() {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("--limit must be 1 to " + LIMIT_MAX);
    }
    return repository.given() ? inRepository() : inServices();
  }

  private int inServices() {
    try (Services services = new Services(options.load(), "viewer")) {
      Map<String, RecoveryPoint> points = new LinkedHashMap<>();
      boolean answered = false;
      for (Services.Answered<List<RecoveryPoint>> answer :
          services.each(
              "backup-service",
              site ->
                  services
                      .getPage(
                          site,
                          "backup-service",
                          "/v1/recovery-points?limit=" + limit,
                          RecoveryPoint.class)
                      .items())) {
        answered |= answer.value().isPresent();
        answer
            .value()
            .ifPresent(items -> items.forEach(point -> points.putIfAbsent(point.id(), point)));
        answer
            .failure()
            .ifPresent(
                e ->
                    Output.errorsOf(spec)
                        .println("farshorectl: " + answer.site() + ": " + Failures.line(e)));
      }
      List<RecoveryPoint> newest =
          points.values().stream()
              .sorted(Comparator.comparing(RecoveryPoint::takenAt).reversed())
              .limit(limit)
              .toList();
      print(newest);
      return answered ? ExitCodes.OK : ExitCodes.NOT_READY;
    }
  }

  private int inRepository() {
    Repository opened = repository.open();
    List<RecoveryPoint> points = new ArrayList<>();
    int unreadable = 0;
    for (RecoveryPointId id : newestFirst(opened.list())) {
      if (points.size() == limit) {
        break;
      }
      try {
        points.add(view(opened.load(id)));
      } catch (FarshoreException e) {
        unreadable++;
        Output.errorsOf(spec).println("farshorectl: " + id + ": " + Failures.line(e));
      }
    }
    print(points);
    return unreadable == 0 ? ExitCodes.OK : ExitCodes.VERIFICATION_FAILED;
  }

  /** Ids carry the time they were made. */
  static List<RecoveryPointId> newestFirst(List<RecoveryPointId> ids) {
    return ids.stream().sorted(Comparator.reverseOrder()).toList();
  }

  private static RecoveryPoint view(LoadedRecoveryPoint loaded) {
    RecoveryPointSummary summary = loaded.manifest().summary();
    return new RecoveryPoint(
        summary.id().value(),
        summary.application().value(),
        summary.component(),
        summary.timeline().id(),
        summary.startLsn().toString(),
        summary.stopLsn().toString(),
        summary.countsLsn() == null ? null : summary.countsLsn().toString(),
        summary.takenAt(),
        summary.sourceBytes(),
        summary.storedBytes(),
        loaded.manifestDigest(),
        loaded.manifest().contents().rowCounts(),
        loaded.findings().stream()
            .map(
                finding ->
                    new RecoveryPoint.Copy(
                        finding.copy(),
                        summary.source().region().value(),
                        "disk",
                        finding.state().name().toLowerCase(java.util.Locale.ROOT)))
            .toList());
  }

  private void print(List<RecoveryPoint> points) {
    PrintWriter out = Output.of(spec);
    if (options.format() == Format.json) {
      Json.print(out, points);
      return;
    }
    Table table = new Table("RECOVERY POINT", "COMPONENT", "TAKEN", "SIZE", "NEW", "COPIES");
    for (RecoveryPoint point : points) {
      table.row(
          point.id(),
          point.component(),
          point.takenAt(),
          Quantities.bytes(point.sourceBytes()),
          Quantities.bytes(point.storedBytes()),
          point.copies().stream()
              .map(copy -> copy.name() + " " + copy.state())
              .collect(Collectors.joining(", ")));
    }
    if (table.isEmpty()) {
      out.println("No recovery points.");
    } else {
      table.print(out);
    }
  }
}
