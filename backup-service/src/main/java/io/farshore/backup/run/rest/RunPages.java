package io.farshore.backup.run.rest;

import io.farshore.backup.point.store.IndexHistory;
import io.farshore.backup.run.BackupRuns;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.vault.manifest.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages of runs: first what the journal has, then what only the index still knows. */
final class RunPages {
  private RunPages() {}

  static Page<BackupRun> page(
      List<BackupRuns.View> journal,
      IndexHistory history,
      @Nullable String token,
      int limit,
      Instant now) {
    Optional<RecoveryPointId> before = RunIds.token(token);
    List<BackupRun> items = new ArrayList<>();
    journal.stream()
        .filter(view -> before.isEmpty() || view.run().id().compareTo(before.get()) < 0)
        .limit(limit + 1L)
        .forEach(view -> items.add(RunViews.view(view, now)));
    if (items.size() <= limit) {
      Optional<RecoveryPointId> last =
          items.isEmpty() ? before : Optional.of(new RecoveryPointId(items.getLast().id()));
      items.addAll(history.runsBefore(last, limit + 1 - items.size()));
    }
    boolean more = items.size() > limit;
    List<BackupRun> shown = List.copyOf(items.subList(0, Math.min(limit, items.size())));
    return new Page<>(shown, more ? shown.getLast().id() : null);
  }
}
