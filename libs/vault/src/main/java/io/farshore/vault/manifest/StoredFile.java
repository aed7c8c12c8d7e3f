package io.farshore.vault.manifest;

import io.farshore.vault.chunk.ChunkId;
import java.util.List;

/**
 * A file of a recovery point.
 *
 * @param path relative, see {@link RelativePath}
 * @param mode permission bits, for example 0600
 * @param modifiedAtMillis since 1970, UTC
 * @param bytes its length
 * @param chunks whose contents, joined, are the file's
 */
public record StoredFile(
    String path, int mode, long modifiedAtMillis, long bytes, List<ChunkId> chunks) {
  public StoredFile {
    RelativePath.require(path);
    chunks = List.copyOf(chunks);
  }
}
