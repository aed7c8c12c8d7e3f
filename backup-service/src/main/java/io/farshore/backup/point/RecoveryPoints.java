package io.farshore.backup.point;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.repository.LoadedRecoveryPoint;
import io.farshore.vault.repository.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Recovery points as they lie in the copies now. The repository is asked, never a database; answers
 * are kept for a few seconds. Thread-safe; blocks on storage.
 */
public final class RecoveryPoints {
  /** How old an answer about a copy may be: short against anything a person does. */
  public static final Duration FINDINGS_AGE_MAX = Duration.ofSeconds(10);

  /** Manifests kept in memory; one of a terabyte is some 100 MB, one of a gigabyte 100 KB. */
  private static final int CACHED_MAX = 64;

  private final Repository repository;
  private final Clock clock;
  private final Map<RecoveryPointId, Looked> looked = new ConcurrentHashMap<>();

  private record Looked(LoadedRecoveryPoint point, Instant at) {}

  public RecoveryPoints(Repository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Names of all recovery points that lie in some copy, the newest first.
   *
   * @param before only those older than this one
   */
  public List<RecoveryPointId> ids(Optional<RecoveryPointId> before, int max) {
    List<RecoveryPointId> ids = new ArrayList<>(repository.list());
    ids.sort(Comparator.reverseOrder());
    return ids.stream()
        .filter(id -> before.isEmpty() || id.compareTo(before.get()) < 0)
        .limit(max)
        .toList();
  }

  /**
   * One recovery point, its signature checked, and what each copy has of it.
   *
   * @throws FarshoreException if no copy has a good manifest
   */
  public LoadedRecoveryPoint require(RecoveryPointId id) {
    Instant now = clock.instant();
    @Nullable Looked known = looked.get(id);
    if (known != null && known.at.plus(FINDINGS_AGE_MAX).isAfter(now)) {
      return known.point;
    }
    LoadedRecoveryPoint point = repository.load(id);
    if (looked.size() >= CACHED_MAX) {
      looked.values().removeIf(old -> !old.at.plus(FINDINGS_AGE_MAX).isAfter(now));
    }
    if (looked.size() < CACHED_MAX) {
      looked.put(id, new Looked(point, now));
    }
    return point;
  }

  /** Forgets what is known, so that the next question looks again. */
  public void forget() {
    looked.clear();
  }
}
