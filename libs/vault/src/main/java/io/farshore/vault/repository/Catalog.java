package io.farshore.vault.repository;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.chunk.ZstdCompression;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.copy.StoredObject;
import io.farshore.vault.manifest.ManifestCodec;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.RecoveryPointSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a copy says it holds, for which no key is needed; and so nothing of it is proved. */
public final class Catalog {
  private final Map<RecoveryPointId, RecoveryPointSummary> summaries = new TreeMap<>();
  private final Map<RecoveryPointId, FarshoreException> unreadable = new TreeMap<>();

  private Catalog() {}

  /** Reads the summaries of all manifests in a copy. */
  public static Catalog read(CopyStore store) {
    Catalog catalog = new Catalog();
    try (Compression compression = new ZstdCompression()) {
      ManifestCodec codec = new ManifestCodec(compression);
      for (RecoveryPointId id : ids(store)) {
        try {
          RecoveryPointSummary summary = codec.summary(bytes(store, id));
          if (!summary.id().equals(id)) {
            throw new FarshoreException(VaultErrors.DAMAGED, "Manifest lies under a wrong name");
          }
          catalog.summaries.put(id, summary);
        } catch (FarshoreException e) {
          catalog.unreadable.put(id, e);
        }
      }
    }
    return catalog;
  }

  /** Oldest first. */
  public List<RecoveryPointSummary> summaries() {
    List<RecoveryPointSummary> all = new ArrayList<>(summaries.values());
    all.sort(Comparator.comparing(RecoveryPointSummary::takenAt));
    return all;
  }

  /** Manifests that are there but are not manifests. */
  public Map<RecoveryPointId, FarshoreException> unreadable() {
    return Map.copyOf(unreadable);
  }

  static List<RecoveryPointId> ids(CopyStore store) {
    List<RecoveryPointId> all = new ArrayList<>();
    Optional<ObjectName> after = Optional.empty();
    while (true) {
      List<StoredObject> page = store.list(RecoveryPointId.FOLDER, after);
      if (page.isEmpty()) {
        return all;
      }
      page.forEach(object -> RecoveryPointId.of(object.name()).ifPresent(all::add));
      after = Optional.of(page.getLast().name());
    }
  }

  static byte[] bytes(CopyStore store, RecoveryPointId id) {
    StoredObject object =
        store
            .find(id.object())
            .orElseThrow(
                () ->
                    new FarshoreException(
                        VaultErrors.OBJECT_MISSING,
                        "Manifest is missing",
                        Map.of("recoveryPointId", id.value())));
    if (object.bytes() > ManifestCodec.MANIFEST_BYTES_MAX) {
      throw new FarshoreException(VaultErrors.DAMAGED, "Manifest is longer than allowed");
    }
    return store.get(id.object(), 0, (int) object.bytes());
  }
}
