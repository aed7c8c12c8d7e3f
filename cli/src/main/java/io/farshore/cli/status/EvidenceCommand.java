package io.farshore.cli.status;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Table;
import io.farshore.cli.service.Services;
import io.farshore.contracts.failover.RegionEvidence;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code farshorectl evidence}. */
@Command(
    name = "evidence",
    description = "What the observers say of each region.",
    mixinStandardHelpOptions = true)
public final class EvidenceCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Override
  public Integer call() {
    PrintWriter out = Output.of(spec);
    try (Services services = new Services(options.load(), "viewer")) {
      var answered = services.first("failover-service", "/v1/evidence", RegionEvidence[].class);
      List<RegionEvidence> evidence = List.of(answered.value().orElseThrow());
      if (options.format() == Format.json) {
        Json.print(out, evidence);
        return ExitCodes.OK;
      }
      Table regions = new Table("REGION", "VERDICT", "REASON");
      Table details =
          new Table("REGION", "ENDPOINT", "OBSERVER", "UP", "FAILURES", "LAST SUCCESS", "DETAIL");
      for (RegionEvidence region : evidence) {
        regions.row(region.region(), region.verdict(), region.reason());
        for (RegionEvidence.Observation seen : region.observations()) {
          details.row(
              region.region(),
              seen.endpoint(),
              seen.observer(),
              seen.up() ? "yes" : "no",
              seen.consecutiveFailures(),
              seen.lastSuccessAt(),
              seen.detail());
        }
      }
      regions.print(out);
      out.println();
      details.print(out);
      return ExitCodes.OK;
    }
  }
}
