package io.farshore.cli.audit;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Table;
import io.farshore.cli.service.Services;
import io.farshore.contracts.audit.AuditEntryView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farshorectl audit entries}. */
@Command(
    name = "entries",
    description = "Shows the newest entries of a region's log.",
    mixinStandardHelpOptions = true)
public final class EntriesCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Option(names = "--limit", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  int limit = 20;

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "auditor")) {
      List<AuditEntryView> entries =
          services
              .firstPage(
                  "audit-service", "/v1/entries?order=newest&limit=" + limit, AuditEntryView.class)
              .value()
              .orElseThrow()
              .items();
      if (options.format() == Format.json) {
        Json.print(Output.of(spec), entries);
        return ExitCodes.OK;
      }
      Table table = new Table("INDEX", "TIME", "WHO", "WHAT", "STEP", "SUBJECT");
      entries.forEach(
          entry ->
              table.row(
                  entry.index(),
                  entry.time(),
                  text(entry.record(), "actor", "user", "name"),
                  shortened(entry.eventType()),
                  text(entry.record(), "unmapped", "data", "step"),
                  entry.subject()));
      table.print(Output.of(spec));
      return ExitCodes.OK;
    }
  }

  /** {@code io.farshore.failover.step.completed.v1} as {@code failover.step.completed}. */
  private static String shortened(String type) {
    return type.replaceFirst("^io\\.farshore\\.", "").replaceFirst("\\.v[0-9]+$", "");
  }

  /** A text deep in a record; null if it has none there. */
  private static @Nullable String text(Map<String, Object> record, String... path) {
    Object found = record;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found instanceof String text ? text : null;
  }
}
