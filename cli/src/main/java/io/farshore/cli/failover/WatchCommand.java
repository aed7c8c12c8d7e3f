package io.farshore.cli.failover;

import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Output;
import io.farshore.cli.service.Services;
import io.farshore.contracts.failover.Execution;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl failover watch}. */
@Command(
    name = "watch",
    description = {
      "Shows the steps of an execution, live, until it is over.",
      "Exits with 4 if the recovery time or the loss is beyond the application's objective."
    },
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
  private static final ErrorCode NONE_YET =
      ErrorCode.retryable("execution-none", ErrorCategory.UNAVAILABLE);

  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Parameters(arity = "0..1", paramLabel = "EXECUTION", description = "Default: the newest.")
  @Nullable String id;

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "viewer")) {
      Execution execution =
          id == null
              ? newest(services)
              : services
                  .first("failover-service", "/v1/executions/" + id, Execution.class)
                  .value()
                  .orElseThrow();
      return new ExecutionWatch(services, spec, options.format()).watch(execution);
    } finally {
      Output.of(spec).flush();
    }
  }

  private static Execution newest(Services services) {
    return services
        .firstPage("failover-service", "/v1/executions?limit=1", Execution.class)
        .value()
        .orElseThrow()
        .items()
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new FarshoreException(NONE_YET, "There has been no execution to watch yet"));
  }
}
