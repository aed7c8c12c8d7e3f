package io.farshore.cli.failover;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Terminal;
import io.farshore.cli.service.IdempotencyKey;
import io.farshore.cli.service.Services;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.contracts.failover.LeaseView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl failover start}. */
@Command(
    name = "start",
    description = {
      "Starts a move: a switchover without loss while the primary is well, a failover otherwise.",
      "Asks first on a terminal; elsewhere it needs --yes.",
      "With --watch it shows the steps, and exits with 4 if an objective was missed."
    },
    mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();
  @Mixin IdempotencyKey key = new IdempotencyKey();
  @Mixin Confirmation confirmation;

  @Parameters(
      arity = "0..1",
      paramLabel = "APPLICATION",
      description = "Default: the context's application.")
  @Nullable String application;

  @Option(names = "--to", paramLabel = "REGION", description = "Default: the best candidate.")
  @Nullable String target;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the record. Default: \"${DEFAULT-VALUE}\".")
  String reason = "no reason given";

  @Option(
      names = "--accept-loss",
      description = "Go on even if the measured loss is beyond the objective.")
  boolean acceptLoss;

  @Option(
      names = "--hold-before",
      split = ",",
      paramLabel = "STEP",
      description = "Wait for acknowledgement before: fence, promote, shift, verify, declare.")
  List<String> holdBefore = List.of();

  @Option(names = "--watch", description = "Show the steps until it is over.")
  boolean watch;

  /** For people and scripts. */
  public StartCommand() {
    this(Terminal.ofProcess().orElse(null));
  }

  /**
   * @param terminal where to ask; absent: nowhere
   */
  public StartCommand(@Nullable Terminal terminal) {
    confirmation = new Confirmation(terminal);
  }

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "operator")) {
      String name = services.application(Optional.ofNullable(application));
      if (!confirmation.given(() -> consequence(services, name))) {
        Output.errorsOf(spec).println("farshorectl: nothing was done");
        return ExitCodes.ERROR;
      }
      Execution execution =
          services
              .command(
                  "failover-service",
                  "/v1/applications/" + name + ":failover",
                  new FailoverRequest(target, reason, acceptLoss, holdBefore),
                  key.value(),
                  Execution.class)
              .value()
              .orElseThrow();
      if (watch) {
        return new ExecutionWatch(services, spec, options.format()).watch(execution);
      }
      if (options.format() == Format.json) {
        Json.print(Output.of(spec), execution);
      } else {
        Output.of(spec)
            .printf(
                "%s of %s from %s to %s: %s%n",
                execution.kind(),
                execution.application(),
                execution.from(),
                execution.to(),
                execution.id());
      }
      return ExitCodes.OK;
    }
  }

  private String consequence(Services services, String name) {
    Application declared =
        services
            .first("failover-service", "/v1/applications/" + name, Application.class)
            .value()
            .orElseThrow();
    return "This moves %s%s to %s%s."
        .formatted(
            name,
            origin(declared.status().lease()),
            target == null ? "the best candidate" : target,
            acceptLoss ? ", even if more is lost than the objective allows" : "");
  }

  private static String origin(@Nullable LeaseView lease) {
    if (lease == null || lease.holder() == null) {
      return ", whose lease no region holds,";
    }
    return " from "
        + lease.holder()
        + (lease.expired() ? ", whose lease has expired," : ", which holds the lease,");
  }
}
