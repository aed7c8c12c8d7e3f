package io.farshore.cli.failover;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.service.Services;
import io.farshore.contracts.failover.Execution;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl failover acknowledge}. */
@Command(
    name = "acknowledge",
    description = "Lets an execution that is held go on.",
    mixinStandardHelpOptions = true)
public final class AcknowledgeCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Parameters(index = "0", paramLabel = "EXECUTION", description = "Its id.")
  String id = "";

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "operator")) {
      Execution execution =
          services
              .command(
                  "failover-service",
                  "/v1/executions/" + id + ":acknowledge",
                  Map.of(),
                  UUID.randomUUID().toString(),
                  Execution.class)
              .value()
              .orElseThrow();
      if (options.format() == Format.json) {
        Json.print(Output.of(spec), execution);
      } else {
        Output.of(spec).printf("%s: %s%n", execution.id(), execution.state());
      }
      return ExitCodes.OK;
    }
  }
}
