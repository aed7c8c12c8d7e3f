package io.farshore.vault.repository;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.BackupSetup;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.chunk.FixedSizeChunker;
import io.farshore.vault.chunk.ZstdCompression;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SignerKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.ManifestCodec;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.pack.CopyIndex;
import io.farshore.vault.restore.IndexedCopy;
import io.farshore.vault.restore.RecoveryPointReader;
import io.farshore.vault.restore.RestoreListener;
import io.farshore.vault.restore.RestoreResult;
import io.farshore.vault.restore.Verification;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A backup repository of one or more copies under one key. Reading needs no lock and changes
 * nothing. Thread-safe; all methods block on storage.
 */
public final class Repository {
  /** More copies than anybody keeps; each may hold sixteen chunks in memory. */
  public static final int COPIES_MAX = 8;

  /** A copy that takes nothing for so long is given up; shorter than a person's patience. */
  private static final Duration STALL_TIMEOUT = Duration.ofMinutes(2);

  /** Two keep a small machine busy and leave a large one to its database. */
  private static final int THREADS = 2;

  private final List<Copy> copies;
  private final RepositoryKey key;
  private final SecureRandom random;
  private final Compression.Factory compression = ZstdCompression::new;
  private final RecoveryPointReader reader;
  private final Map<String, CopyIndex> indexes = new ConcurrentHashMap<>();

  public Repository(List<Copy> copies, RepositoryKey key, SecureRandom random) {
    if (copies.isEmpty() || copies.size() > COPIES_MAX) {
      throw new IllegalArgumentException("a repository has one to eight copies");
    }
    if (copies.stream().map(Copy::name).distinct().count() != copies.size()) {
      throw new IllegalArgumentException("two copies have one name");
    }
    this.copies = List.copyOf(copies);
    this.key = key;
    this.random = random;
    this.reader = new RecoveryPointReader(key, compression, THREADS);
  }

  public List<Copy> copies() {
    return copies;
  }

  /**
   * Makes each copy's storage part of the repository before the first backup, so that "nothing
   * there yet" can be told from "not reachable".
   *
   * @return the copies where it did not work, and why
   */
  public Map<String, FarshoreException> establish(SigningKey signer) {
    Map<String, FarshoreException> failures = new TreeMap<>();
    for (Copy copy : copies) {
      try (CopyStore.WriterLock _ = copy.store().lock()) {
        RepositoryHeader.establish(copy.store(), key, signer.signer());
      } catch (FarshoreException e) {
        failures.put(copy.name(), e);
      }
    }
    return failures;
  }

  /**
   * Begins a backup into all copies; becomes their only writer until the session is closed.
   *
   * @throws FarshoreException if no copy can be written; with each copy's reason
   */
  public BackupSession begin(SigningKey signer) {
    return setup(signer, STALL_TIMEOUT)
        .begin(copies, store -> RepositoryHeader.establish(store, key, signer.signer()));
  }

  BackupSession begin(SigningKey signer, Duration stallTimeout) {
    return setup(signer, stallTimeout)
        .begin(copies, store -> RepositoryHeader.establish(store, key, signer.signer()));
  }

  /**
   * All recovery points that have a manifest in at least one copy, oldest name first. A copy that
   * cannot be asked is passed over; {@link #load} names it.
   *
   * @throws FarshoreException {@link VaultErrors#COPY_UNAVAILABLE} if none can be asked
   */
  public List<RecoveryPointId> list() {
    Set<RecoveryPointId> ids = new TreeSet<>();
    Map<String, String> failures = new TreeMap<>();
    for (Copy copy : copies) {
      try {
        ids.addAll(Catalog.ids(copy.store()));
      } catch (FarshoreException e) {
        failures.put("copy." + copy.name(), e.describe());
      }
    }
    if (failures.size() == copies.size()) {
      throw new FarshoreException(
          VaultErrors.COPY_UNAVAILABLE, "No copy of the repository can be read", failures);
    }
    return List.copyOf(ids);
  }

  /**
   * Reads a recovery point's manifest from the first copy that has it whole, and looks in every
   * copy how much of it is there. Packs' indexes are looked at, not their chunks: see {@link
   * #verify}.
   *
   * @throws FarshoreException {@link VaultErrors#RECOVERY_POINT_UNKNOWN} if no copy has a manifest;
   *     the first copy's reason if none has a good one
   */
  public LoadedRecoveryPoint load(RecoveryPointId id) {
    Map<String, Attempt> attempts = new TreeMap<>();
    for (Copy copy : copies) {
      attempts.put(copy.name(), attempt(copy, id));
    }
    Found found =
        copies.stream()
            .map(copy -> attempts.get(copy.name()))
            .filter(Found.class::isInstance)
            .map(Found.class::cast)
            .findFirst()
            .orElseThrow(() -> nowhere(id, attempts));
    Set<ChunkId> chunks = new HashSet<>();
    found.manifest.contents().chunks().forEach(chunks::add);
    List<CopyFinding> findings = new ArrayList<>();
    for (Copy copy : copies) {
      findings.add(
          switch (attempts.get(copy.name())) {
            case Found here when here.digest.equals(found.digest) -> inspect(copy, chunks);
            case Found other ->
                finding(copy, CopyFinding.State.DAMAGED, "another manifest under the same name");
            case Absent absent -> finding(copy, CopyFinding.State.MISSING, "no manifest");
            case Failed failed -> finding(copy, failed.state, failed.reason.describe());
            case null -> throw new IllegalStateException("every copy was asked");
          });
    }
    return new LoadedRecoveryPoint(found.manifest, found.digest, findings);
  }

  /**
   * Restores a recovery point into a directory that is absent or empty.
   *
   * @param preferred the copy to read from first; the others stand in for what it lacks
   */
  public RestoreResult restore(
      RecoveryPointId id, Optional<String> preferred, Path target, RestoreListener listener) {
    LoadedRecoveryPoint point = load(id);
    List<IndexedCopy> sources = new ArrayList<>();
    for (Copy copy : inOrder(preferred, point.findings())) {
      sources.add(new IndexedCopy(copy, indexes.getOrDefault(copy.name(), CopyIndex.empty())));
    }
    return reader.restore(point.manifest(), point.manifestDigest(), sources, target, listener);
  }

  /** Reads every chunk of a recovery point back from one copy. */
  public Verification verify(RecoveryPointId id, String copyName) {
    Copy copy = copy(copyName);
    LoadedRecoveryPoint point = load(id);
    // Read anew: what memory says of an index proves nothing about what lies there now.
    CopyIndex index = CopyIndex.load(copy.store(), key);
    return reader.verify(point.manifest(), new IndexedCopy(copy, index));
  }

  private BackupSetup setup(SigningKey signer, Duration stallTimeout) {
    return new BackupSetup(
        key, signer, random, FixedSizeChunker.DEFAULT, compression, THREADS, stallTimeout);
  }

  private Copy copy(String name) {
    return copies.stream()
        .filter(copy -> copy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FarshoreException(
                    VaultErrors.COPY_UNAVAILABLE,
                    "The repository has no copy of that name",
                    Map.of("copy", name)));
  }

  /** The preferred copy, then those that seem whole, then the rest: a part is better than none. */
  private List<Copy> inOrder(Optional<String> preferred, List<CopyFinding> findings) {
    List<Copy> ordered = new ArrayList<>();
    preferred.ifPresent(name -> ordered.add(copy(name)));
    for (boolean present : new boolean[] {true, false}) {
      for (CopyFinding finding : findings) {
        Copy copy = copy(finding.copy());
        if (present == (finding.state() == CopyFinding.State.PRESENT) && !ordered.contains(copy)) {
          ordered.add(copy);
        }
      }
    }
    return ordered;
  }

  private CopyFinding inspect(Copy copy, Set<ChunkId> chunks) {
    try {
      CopyIndex index =
          indexes.getOrDefault(copy.name(), CopyIndex.empty()).refreshed(copy.store(), key);
      indexes.put(copy.name(), index);
      long lacking = chunks.stream().filter(chunk -> !index.contains(chunk)).count();
      return lacking == 0
          ? finding(copy, CopyFinding.State.PRESENT, "")
          : finding(
              copy,
              CopyFinding.State.DAMAGED,
              lacking + " of " + chunks.size() + " chunks are in no readable pack");
    } catch (FarshoreException e) {
      return finding(copy, CopyFinding.State.UNKNOWN, e.describe());
    }
  }

  private Attempt attempt(Copy copy, RecoveryPointId id) {
    try {
      RepositoryHeader.require(copy.store(), key);
      if (copy.store().find(id.object()).isEmpty()) {
        return new Absent();
      }
    } catch (FarshoreException e) {
      return new Failed(CopyFinding.State.UNKNOWN, e);
    }
    try (Compression decompressor = compression.open()) {
      byte[] bytes = Catalog.bytes(copy.store(), id);
      BackupManifest manifest =
          new ManifestCodec(decompressor).open(bytes, key, this::trustedSigner);
      if (!manifest.summary().id().equals(id)) {
        throw new FarshoreException(VaultErrors.DAMAGED, "Manifest lies under a wrong name");
      }
      return new Found(manifest, ManifestCodec.digest(bytes));
    } catch (FarshoreException e) {
      boolean unknown = e.code().equals(VaultErrors.COPY_UNAVAILABLE);
      return new Failed(unknown ? CopyFinding.State.UNKNOWN : CopyFinding.State.DAMAGED, e);
    }
  }

  /** A signer any copy vouches for: the proof is by the key, not by where it lies. */
  private Optional<SignerKey> trustedSigner(String signerId) {
    return copies.stream().flatMap(copy -> signerIn(copy, signerId).stream()).findFirst();
  }

  private Optional<SignerKey> signerIn(Copy copy, String signerId) {
    try {
      return RepositoryHeader.signer(copy.store(), key, signerId);
    } catch (FarshoreException e) {
      // This copy cannot be asked now; where its own state is looked at, it is named.
      return Optional.empty();
    }
  }

  private static FarshoreException nowhere(RecoveryPointId id, Map<String, Attempt> attempts) {
    Map<String, String> context = new TreeMap<>();
    context.put("recoveryPointId", id.value());
    @Nullable FarshoreException first = null;
    for (Map.Entry<String, Attempt> entry : attempts.entrySet()) {
      if (entry.getValue() instanceof Failed failed) {
        first = first == null ? failed.reason : first;
        context.put("copy." + entry.getKey(), failed.reason.describe());
      }
    }
    return new FarshoreException(
        first == null ? VaultErrors.RECOVERY_POINT_UNKNOWN : first.code(),
        first == null
            ? "No copy has a recovery point of that name"
            : "No copy has a good manifest of the recovery point",
        context,
        first);
  }

  private static CopyFinding finding(Copy copy, CopyFinding.State state, String reason) {
    return new CopyFinding(copy.name(), state, reason);
  }

  private sealed interface Attempt {}

  private record Found(BackupManifest manifest, String digest) implements Attempt {}

  private record Absent() implements Attempt {}

  private record Failed(CopyFinding.State state, FarshoreException reason) implements Attempt {}
}
