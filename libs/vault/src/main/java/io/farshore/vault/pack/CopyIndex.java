package io.farshore.vault.pack;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.copy.StoredObject;
import io.farshore.vault.key.RepositoryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks a copy holds, read from the indexes of its packs: the repository is the truth, this
 * is memory. About 150 bytes for each chunk. Immutable, safe for several threads.
 */
public final class CopyIndex {
  private final Map<ChunkId, Location> locations;
  private final Map<StoredObject, PackReader> packs;
  private final Map<ObjectName, FarshoreException> unreadable;

  private CopyIndex(
      Map<ChunkId, Location> locations,
      Map<StoredObject, PackReader> packs,
      Map<ObjectName, FarshoreException> unreadable) {
    this.locations = locations;
    this.packs = packs;
    this.unreadable = unreadable;
  }

  /**
   * Where a chunk lies.
   *
   * @param pack in which
   * @param entry and where in it
   */
  public record Location(PackReader pack, PackEntry entry) {}

  /** The index of nothing. */
  public static CopyIndex empty() {
    return new CopyIndex(Map.of(), Map.of(), Map.of());
  }

  /**
   * Reads the index of every pack in a copy. A pack whose index cannot be read is left out and
   * {@link #unreadable() named}; only storage that fails as a whole is an error.
   */
  public static CopyIndex load(CopyStore store, RepositoryKey key) {
    return empty().refreshed(store, key);
  }

  /** As {@link #load}, but packs this index knows are not read again: packs never change. */
  public CopyIndex refreshed(CopyStore store, RepositoryKey key) {
    Map<ChunkId, Location> locationsNow = new HashMap<>();
    Map<StoredObject, PackReader> packsNow = new HashMap<>();
    Map<ObjectName, FarshoreException> unreadableNow = new HashMap<>();
    for (StoredObject object : packObjects(store)) {
      try {
        @Nullable PackReader known = packs.get(object);
        PackReader pack = known == null ? PackReader.open(store, object, key) : known;
        packsNow.put(object, pack);
        for (PackEntry entry : pack.entries()) {
          locationsNow.putIfAbsent(entry.chunk(), new Location(pack, entry));
        }
      } catch (FarshoreException e) {
        unreadableNow.put(object.name(), e);
      }
    }
    return new CopyIndex(locationsNow, packsNow, unreadableNow);
  }

  public Optional<Location> find(ChunkId chunk) {
    return Optional.ofNullable(locations.get(chunk));
  }

  public boolean contains(ChunkId chunk) {
    return locations.containsKey(chunk);
  }

  /** Number of different chunks. */
  public int size() {
    return locations.size();
  }

  /** All packs whose index is good. */
  public Set<StoredObject> packs() {
    return Set.copyOf(packs.keySet());
  }

  /** Packs whose index is not good, and what is wrong. */
  public Map<ObjectName, FarshoreException> unreadable() {
    return Map.copyOf(unreadable);
  }

  private static List<StoredObject> packObjects(CopyStore store) {
    List<StoredObject> all = new ArrayList<>();
    Optional<ObjectName> after = Optional.empty();
    while (true) {
      List<StoredObject> page = store.list(PackId.FOLDER, after);
      if (page.isEmpty()) {
        return all;
      }
      for (StoredObject object : page) {
        if (PackId.of(object.name()).isPresent()) {
          all.add(object);
        }
      }
      after = Optional.of(page.getLast().name());
    }
  }
}
