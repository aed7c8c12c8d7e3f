package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.manifest.BackupManifest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Restores and verifies.
 *
 * @param key of the repository
 * @param compression of chunks
 * @param threads how many read, decrypt and decompress
 */
public record RecoveryPointReader(RepositoryKey key, Compression.Factory compression, int threads) {

  /** Where the log of a restored recovery point lies, within its directory. */
  public static final String WAL_FOLDER = "farshore_wal";

  /**
   * Restores into a directory that is absent or empty. It appears when all is there.
   *
   * @param copies in the order they are asked; each chunk comes from the first that has it whole
   * @throws FarshoreException among others {@link VaultErrors#TARGET_NOT_EMPTY}, {@link
   *     VaultErrors#DAMAGED} if a chunk is whole in no copy
   */
  public RestoreResult restore(
      BackupManifest manifest,
      String manifestDigest,
      List<IndexedCopy> copies,
      Path target,
      RestoreListener listener) {
    DamageReport damages = new DamageReport();
    ChunkSource source = new ChunkSource(copies, key, compression, damages);
    try (StagedDirectory staged = StagedDirectory.open(target)) {
      long bytes;
      ChunkReaders readers = new ChunkReaders(source, threads);
      // Closed in the reverse order: first the readers, then the files they write.
      try (DirectoryRestore files = new DirectoryRestore(staged.path(), source, readers, listener);
          readers) {
        readers.start();
        bytes = files.run(manifest.contents(), WAL_FOLDER);
      }
      listener.complete(staged.path(), manifest);
      staged.publish();
      return new RestoreResult(
          manifest, manifestDigest, bytes, source.copiesUsed(), damages.listed(), damages.count());
    }
  }

  /** Reads back and authenticates every chunk of a recovery point from one copy. */
  public Verification verify(BackupManifest manifest, IndexedCopy copy) {
    DamageReport damages = new DamageReport();
    ChunkSource source = new ChunkSource(List.of(copy), key, compression, damages);
    Set<ChunkId> chunks =
        manifest.contents().chunks().collect(Collectors.toCollection(HashSet::new));
    AtomicLong bytes = new AtomicLong();
    try (ChunkReaders readers = new ChunkReaders(source, threads)) {
      readers.start();
      for (ChunkId chunk : chunks) {
        readers.submit(reader -> readBack(reader, chunk, bytes));
      }
      readers.finish();
    }
    return new Verification(
        copy.copy().name(), chunks.size(), bytes.get(), damages.listed(), damages.count());
  }

  private static void readBack(ChunkSource.Reader reader, ChunkId chunk, AtomicLong bytes) {
    try {
      bytes.addAndGet(reader.read(chunk).length);
    } catch (FarshoreException e) {
      // Already in the report of damages; the other chunks are to be looked at too.
      if (e.code().equals(VaultErrors.INTERRUPTED)) {
        throw e;
      }
    }
  }
}
