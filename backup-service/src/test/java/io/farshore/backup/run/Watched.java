package io.farshore.backup.run;

import io.farshore.vault.backup.BackupResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes what it is told of, and fails on demand. */
final class Watched implements RunListener {
  final List<String> words = new ArrayList<>();
  @Nullable RuntimeException atStart;
  @Nullable RuntimeException atEnd;

  @Override
  public void started(Run run) {
    words.add("started");
    if (atStart != null) {
      throw atStart;
    }
  }

  @Override
  public void ended(Run run, Optional<BackupResult> result, @Nullable Throwable cause) {
    words.add((result.isPresent() ? "sealed " : "") + run.state().getClass().getSimpleName());
    if (atEnd != null) {
      throw atEnd;
    }
  }
}
