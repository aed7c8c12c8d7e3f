package io.farshore.cli.backup;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextErrors;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Quantities;
import io.farshore.cli.service.Services;
import io.farshore.contracts.backup.BackupRequest;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.kernel.FarshoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl backup run}. */
@Command(
    name = "run",
    description = "Backs a database up to every copy of the repository.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();
  @Mixin FollowOptions follow = new FollowOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "APPLICATION",
      description = "Default: the context's application.")
  @Nullable String application;

  @Option(
      names = "--component",
      paramLabel = "NAME",
      description = "The database component. Default: the application's only one.")
  @Nullable String component;

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "operator")) {
      String name = services.application(Optional.ofNullable(application));
      Application declared =
          services
              .first("failover-service", "/v1/applications/" + name, Application.class)
              .value()
              .orElseThrow();
      String site = site(services, declared);
      BackupRequest request =
          new BackupRequest(name, component == null ? database(declared) : component);
      BackupRun begun =
          services.command(
              site, "backup-service", "/v1/backup-runs", request, follow.key(), BackupRun.class);
      String path = "/v1/backup-runs/" + begun.id();
      BackupRun run =
          follow.follow(
              begun,
              BackupRun::state,
              RunCommand::progress,
              () -> services.get(site, "backup-service", path, BackupRun.class),
              Output.errorsOf(spec));
      print(site, run);
      return run.state().equals("failed") ? ExitCodes.ERROR : ExitCodes.OK;
    }
  }

  /** Where the primary is, unless a region was named: there the newest state is. */
  private static String site(Services services, Application application) {
    List<String> sites = services.sites("backup-service");
    LeaseView lease = application.status().lease();
    if (sites.size() == 1) {
      return sites.getFirst();
    }
    String holder = lease == null ? null : lease.holder();
    if (holder == null || !sites.contains(holder)) {
      throw new FarshoreException(
          ContextErrors.ENDPOINT_MISSING,
          "No region holds the lease: say with --region where to back up",
          Map.of("known", String.join(" ", sites)));
    }
    return holder;
  }

  private static String database(Application application) {
    List<String> databases =
        application.spec().components().stream()
            .filter(candidate -> candidate.kind().equals("postgresql"))
            .map(ApplicationSpec.ComponentSpec::name)
            .toList();
    if (databases.size() != 1) {
      throw new FarshoreException(
          ContextErrors.APPLICATION_MISSING,
          "Say with --component which database",
          Map.of("known", String.join(" ", databases)));
    }
    return databases.getFirst();
  }

  private static String progress(BackupRun run) {
    return "read %s in %s"
        .formatted(Quantities.bytes(run.sourceBytes()), Quantities.duration(run.elapsed()));
  }

  private void print(String site, BackupRun run) {
    if (options.format() == Format.json) {
      Json.print(Output.of(spec), run);
      return;
    }
    Output.of(spec)
        .printf(
            "backup run %s in %s: %s, %s%s%s%n",
            run.id(),
            site,
            run.state(),
            progress(run),
            run.recoveryPoint() == null ? "" : "; recovery point " + run.recoveryPoint(),
            run.error() == null ? "" : "; " + run.error());
    follow.hint(run.state(), site, Output.of(spec));
  }
}
