package io.farshore.cli.backup;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Quantities;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.recovery.RecoveryPreparation;
import io.farshore.vault.repository.Repository;
import io.farshore.vault.restore.RestoreListener;
import io.farshore.vault.restore.RestoreResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Restores with nothing but a repository and its key. */
final class BreakGlassRestore {
  private static final String LATEST = "latest";
  private static final long SHOWN_EVERY_BYTES = 256L * 1024 * 1024;

  private final RepositoryOptions options;
  private final @Nullable CommandSpec spec;
  private final Format format;

  BreakGlassRestore(RepositoryOptions options, @Nullable CommandSpec spec, Format format) {
    this.options = options;
    this.spec = spec;
    this.format = format;
  }

  int restore(
      String recoveryPoint, Path directory, @Nullable String copy, @Nullable String targetLsn) {
    Optional<Lsn> target = Optional.ofNullable(targetLsn).map(Lsn::parse);
    Repository repository = options.open();
    RecoveryPointId id =
        recoveryPoint.equals(LATEST) ? latest(repository) : new RecoveryPointId(recoveryPoint);
    long started = System.nanoTime();
    RestoreResult result =
        repository.restore(
            id,
            Optional.ofNullable(copy),
            directory.toAbsolutePath(),
            listener(RecoveryPreparation.finisher(target)));
    print(result, directory, System.nanoTime() - started);
    return ExitCodes.OK;
  }

  private static RecoveryPointId latest(Repository repository) {
    List<RecoveryPointId> ids = ListCommand.newestFirst(repository.list());
    if (ids.isEmpty()) {
      throw new FarshoreException(
          VaultErrors.RECOVERY_POINT_UNKNOWN, "The repository has no recovery point");
    }
    return ids.getFirst();
  }

  private RestoreListener listener(RestoreListener finisher) {
    AtomicLong restored = new AtomicLong();
    return new RestoreListener() {
      @Override
      public void restored(long bytes) {
        long before = restored.getAndAdd(bytes);
        if (before / SHOWN_EVERY_BYTES != (before + bytes) / SHOWN_EVERY_BYTES) {
          Output.errorsOf(spec).println("restored " + Quantities.bytes(before + bytes));
        }
      }

      @Override
      public void complete(Path directory, BackupManifest manifest) {
        finisher.complete(directory, manifest);
      }
    };
  }

  private void print(RestoreResult result, Path directory, long nanos) {
    double seconds = nanos / 1e9;
    if (format == Format.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("recoveryPoint", result.manifest().summary().id().value());
      json.put("directory", directory.toAbsolutePath().toString());
      json.put("restoredBytes", result.restoredBytes());
      json.put("seconds", seconds);
      json.put("manifestDigest", result.manifestDigest());
      json.put("copiesUsed", result.copiesUsed().stream().sorted().toList());
      json.put("damageCount", result.damageCount());
      json.put("rowCounts", result.manifest().contents().rowCounts());
      Json.print(Output.of(spec), json);
      return;
    }
    Output.of(spec)
        .printf(
            "restored %s: %s in %.1f s to %s%n",
            result.manifest().summary().id(),
            Quantities.bytes(result.restoredBytes()),
            seconds,
            directory.toAbsolutePath());
    if (result.damageCount() > 0) {
      Output.errorsOf(spec)
          .printf(
              "farshorectl: another copy stood in for %d damaged parts%n", result.damageCount());
    }
    Output.of(spec).println("start it with: postgres -D " + directory.toAbsolutePath());
  }
}
