package io.farshore.tlog.tile;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.disk.FileSystemDisk;
import io.farshore.tlog.disk.LogDisk;
import io.farshore.tlog.merkle.Hash;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The published files of one log. Thread-safe: they are immutable, but for the checkpoint, which is
 * replaced whole.
 *
 * @param disk where they lie
 * @param directory the log's directory
 */
public record LogFiles(LogDisk disk, Path directory) {
  public static final String CHECKPOINT = "checkpoint";

  public static LogFiles of(Path directory) {
    return new LogFiles(new FileSystemDisk(), directory);
  }

  public Path checkpointFile() {
    return directory.resolve(CHECKPOINT);
  }

  public Path fileOf(LogResource resource) {
    return directory.resolve(resource.path());
  }

  /** The signed note with the newest checkpoint; empty if none was published. */
  public Optional<byte[]> readCheckpoint() {
    return read(checkpointFile());
  }

  public Optional<byte[]> read(LogResource resource) {
    return read(fileOf(resource));
  }

  /**
   * The hashes of a tile; from the full one if the partial is gone, as the format allows.
   *
   * @throws FarshoreException {@code log-damaged} if neither is there, or it is not whole
   */
  public List<Hash> hashes(HashTile tile) {
    HashTile full = new HashTile(tile.level(), tile.index(), LogResource.WIDTH_FULL);
    byte[] bytes = read(tile).or(() -> read(full)).orElseThrow(() -> damaged(tile, "is missing"));
    if (bytes.length != tile.width() * Hash.LENGTH_BYTES
        && bytes.length != full.width() * Hash.LENGTH_BYTES) {
      throw damaged(tile, "has the wrong length");
    }
    List<Hash> hashes = new ArrayList<>(tile.width());
    for (int i = 0; i < tile.width(); i++) {
      hashes.add(Hash.at(bytes, i * Hash.LENGTH_BYTES));
    }
    return hashes;
  }

  /**
   * The entries of a bundle; from the full one if the partial is gone.
   *
   * @throws FarshoreException {@code log-damaged} if neither is there, or it is not whole
   */
  public List<byte[]> entries(EntryBundle bundle) {
    EntryBundle full = new EntryBundle(bundle.index(), LogResource.WIDTH_FULL);
    byte[] bytes =
        read(bundle).or(() -> read(full)).orElseThrow(() -> damaged(bundle, "is missing"));
    try {
      return EntryBundle.decode(bytes, bundle.width());
    } catch (FarshoreException malformed) {
      throw damaged(bundle, malformed.describe());
    }
  }

  private Optional<byte[]> read(Path file) {
    try {
      return Optional.of(disk.read(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new FarshoreException(
          TlogErrors.LOG_STORAGE_FAILED,
          "A file of the log cannot be read",
          Map.of("file", file.toString()),
          failed);
    }
  }

  private static FarshoreException damaged(LogResource resource, String problem) {
    return new FarshoreException(
        TlogErrors.LOG_DAMAGED,
        "A file of the log is missing or not whole",
        Map.of("file", resource.path(), "problem", problem));
  }
}
