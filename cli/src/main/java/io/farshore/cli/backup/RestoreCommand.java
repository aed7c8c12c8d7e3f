package io.farshore.cli.backup;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Quantities;
import io.farshore.cli.service.Services;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.backup.RestoreRequest;
import java.nio.file.Path;
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
  @Mixin FollowOptions follow = new FollowOptions();
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
              follow.key(),
              Restore.class);
      Restore begun = answered.value().orElseThrow();
      String site = answered.site();
      String path = "/v1/restores/" + begun.id();
      Restore restore =
          follow.follow(
              begun,
              Restore::state,
              RestoreCommand::progress,
              () -> services.get(site, "backup-service", path, Restore.class),
              Output.errorsOf(spec));
      print(site, restore);
      return restore.state().equals("failed") ? ExitCodes.ERROR : ExitCodes.OK;
    }
  }

  private static String progress(Restore restore) {
    return "restored %s in %s"
        .formatted(
            Quantities.bytes(restore.restoredBytes()), Quantities.duration(restore.elapsed()));
  }

  private void print(String site, Restore restore) {
    if (options.format() == Format.json) {
      Json.print(Output.of(spec), restore);
      return;
    }
    Output.of(spec)
        .printf(
            "restore %s in %s: %s, %s, to %s%s%n",
            restore.id(),
            site,
            restore.state(),
            progress(restore),
            restore.directory(),
            restore.error() == null ? "" : "; " + restore.error());
    follow.hint(restore.state(), site, Output.of(spec));
  }
}
