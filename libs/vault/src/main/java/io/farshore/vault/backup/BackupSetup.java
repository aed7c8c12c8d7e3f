package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.chunk.Chunker;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.pack.CopyIndex;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a backup is written with.
 *
 * @param key of the repository
 * @param signer of the manifest
 * @param random for keys, nonces and names
 * @param chunker where to cut
 * @param compression of chunks
 * @param compressionThreads how many threads name and compress
 * @param stallTimeout a copy that takes nothing for so long is given up
 */
public record BackupSetup(
    RepositoryKey key,
    SigningKey signer,
    SecureRandom random,
    Chunker chunker,
    Compression.Factory compression,
    int compressionThreads,
    Duration stallTimeout) {

  /**
   * Locks the copies, reads their indexes, and begins a backup into those where that worked.
   *
   * @param prepare done to each copy once it is locked
   * @throws FarshoreException if it worked nowhere; with each copy's reason
   */
  public BackupSession begin(List<Copy> copies, Consumer<CopyStore> prepare) {
    List<CopyWriter> writers = new ArrayList<>();
    List<CopyOutcome> failed = new ArrayList<>();
    for (Copy copy : copies) {
      try {
        writers.add(writer(copy, prepare));
      } catch (FarshoreException e) {
        failed.add(new CopyOutcome(copy.name(), copy.required(), 0, Optional.of(e)));
      }
    }
    if (writers.isEmpty()) {
      throw CopyFailures.none(failed);
    }
    return new BackupSession(this, writers, failed);
  }

  private CopyWriter writer(Copy copy, Consumer<CopyStore> prepare) {
    CopyStore.WriterLock lock = copy.store().lock();
    boolean handedOver = false;
    try {
      prepare.accept(copy.store());
      CopyIndex index = CopyIndex.load(copy.store(), key);
      CopyWriter writer = new CopyWriter(copy, index, lock, stallTimeout);
      handedOver = true;
      return writer;
    } finally {
      if (!handedOver) {
        lock.close();
      }
    }
  }
}
