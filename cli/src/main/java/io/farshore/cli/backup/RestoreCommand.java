package io.farshore.cli.backup;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Progress;
import io.farshore.cli.output.Quantities;
import io.farshore.cli.service.Services;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.backup.RestoreRequest;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl backup restore}. */
@Command(
    name = "restore",
    description = {
      "Restores a recovery point into a directory that is absent or empty, ready to be started.",
      "With --repository and --key-file it needs no service: break glass."
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Parameters(
      index = "0",
      paramLabel = "RECOVERY-POINT",
      description = "Its id; with --repository also: latest.")
  String recoveryPoint = "";

  @Parameters(
      index = "1",
      paramLabel = "DIRECTORY",
      description =
          "Where to. Through the service: below its restore root. With --repository: anywhere.")
  String directory = "";

  @Option(
      names = "--copy",
      paramLabel = "NAME",
      description = "Read this copy first. Default: the nearest good one.")
  @Nullable String copy;

  @Option(
      names = "--target-lsn",
      paramLabel = "LSN",
      description = "Stop replay before this position. Default: the end of the saved log.")
  @Nullable String targetLsn;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Makes it safe to repeat this command. Default: a new one.")
  String key = UUID.randomUUID().toString();

  @Option(names = "--wait", description = "Show progress until it is over.")
  boolean wait;

  @Override
  public Integer call() {
    return repository.given()
        ? new BreakGlassRestore(repository, spec, options.format())
            .restore(recoveryPoint, Path.of(directory), copy, targetLsn)
        : throughService();
  }

  private int throughService() {
    try (Services services = new Services(options.load(), "operator")) {
      var answered =
          services.command(
              "backup-service",
              "/v1/restores",
              new RestoreRequest(recoveryPoint, copy, directory, targetLsn),
              key,
              Restore.class);
      Restore restore = answered.value().orElseThrow();
      if (wait) {
        restore = awaitEnd(services, answered.site(), restore);
      }
      if (options.format() == Format.json) {
        Json.print(Output.of(spec), restore);
      } else {
        Output.of(spec)
            .printf(
                "restore %s in %s: %s, %s in %s, to %s%s%n",
                restore.id(),
                answered.site(),
                restore.state(),
                Quantities.bytes(restore.restoredBytes()),
                Quantities.duration(restore.elapsed()),
                restore.directory(),
                restore.error() == null ? "" : "; " + restore.error());
      }
      return restore.state().equals("failed") ? ExitCodes.ERROR : ExitCodes.OK;
    }
  }

  private Restore awaitEnd(Services services, String site, Restore started) {
    Progress progress = new Progress(Output.errorsOf(spec));
    Restore restore = started;
    while (restore.state().equals("running")) {
      progress.pause();
      restore = services.get(site, "backup-service", "/v1/restores/" + restore.id(), Restore.class);
      progress.show(
          "restored %s in %s"
              .formatted(
                  Quantities.bytes(restore.restoredBytes()),
                  Quantities.duration(restore.elapsed())));
    }
    progress.end();
    return restore;
  }
}
