package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.Chunker;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.ManifestCodec;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.manifest.RelativePath;
import io.farshore.vault.manifest.StoredDirectory;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One backup being written. Files are given one after another; whoever streams the log may do so at
 * the same time from another thread. Nothing of it is a backup until {@link #seal} has stored the
 * manifest; closing without that leaves packs which the next backup makes use of.
 *
 * <p>Memory: ten chunk buffers, one more for each thread that compresses, and up to sixteen chunks
 * waiting for each copy.
 */
public final class BackupSession implements AutoCloseable {
  private final RepositoryKey key;
  private final SigningKey signer;
  private final SecureRandom random;
  private final Chunker chunker;
  private final Compression.Factory compression;
  private final List<CopyWriter> writers;
  private final List<CopyOutcome> failedBefore;
  private final PackStream packs;
  private final ChunkPipeline pipeline;
  private final AtomicLong sourceBytes = new AtomicLong();

  private final List<StoredDirectory> directories = new ArrayList<>();
  private final List<ChunkedFile> files = new ArrayList<>();
  private final List<ChunkedFile> wal = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  BackupSession(BackupSetup setup, List<CopyWriter> writers, List<CopyOutcome> failedBefore) {
    this.key = setup.key();
    this.signer = setup.signer();
    this.random = setup.random();
    this.chunker = setup.chunker();
    this.compression = setup.compression();
    this.writers = writers;
    this.failedBefore = failedBefore;
    this.packs = new PackStream(key, random, writers);
    this.pipeline =
        new ChunkPipeline(
            key, compression, packs, chunker.chunkBytesMax(), setup.compressionThreads());
    writers.forEach(CopyWriter::start);
    pipeline.start();
  }

  /** Records a directory, so that it is restored even when it is empty. */
  public synchronized void directory(String path, int mode) {
    claim(RelativePath.require(path));
    directories.add(new StoredDirectory(path, mode));
  }

  /**
   * Begins a file of the data directory; close the stream to end it. For one thread.
   *
   * @throws FarshoreException {@link VaultErrors#SOURCE_INVALID} if the path was given before
   */
  public synchronized OutputStream file(String path, int mode, Instant modifiedAt) {
    claim(RelativePath.require(path));
    return open(files, path, mode, modifiedAt);
  }

  /** Begins a whole segment of the log, under PostgreSQL's name for it. For one thread. */
  public synchronized OutputStream wal(String segment, Instant modifiedAt) {
    claim("wal:" + RelativePath.require(segment));
    return open(wal, segment, 0600, modifiedAt);
  }

  /** Bytes read from the source so far, log included. */
  public long sourceBytes() {
    return sourceBytes.get();
  }

  /** Bytes sent to the copy that needed most so far. */
  public long storedBytes() {
    return writers.stream().mapToLong(writer -> writer.outcome().storedBytes()).max().orElse(0);
  }

  /**
   * Finishes the packs, makes them durable in every copy that still works, then stores the manifest
   * there.
   *
   * @return how each copy fared; the caller decides whether that is enough
   * @throws FarshoreException {@link VaultErrors#COPY_FAILED} if no copy is complete
   */
  public synchronized BackupResult seal(RecoveryPointFacts facts) {
    pipeline.drain();
    packs.finish();
    writers.forEach(CopyWriter::await);
    requireSomeCopy();
    BackupManifest manifest = manifest(facts);
    byte[] bytes;
    try (Compression compressor = compression.open()) {
      bytes = new ManifestCodec(compressor).seal(manifest, key, signer, random);
    }
    ObjectName object = facts.id().object();
    for (CopyWriter writer : writers) {
      writer.begin(object);
      writer.append(object, bytes);
      writer.commit(object);
    }
    writers.forEach(CopyWriter::await);
    requireSomeCopy();
    return new BackupResult(manifest, ManifestCodec.digest(bytes), outcomes());
  }

  /** How each copy has fared so far. */
  public List<CopyOutcome> outcomes() {
    List<CopyOutcome> all = new ArrayList<>(failedBefore);
    writers.forEach(writer -> all.add(writer.outcome()));
    return all;
  }

  @Override
  public void close() {
    pipeline.close();
    writers.forEach(CopyWriter::close);
  }

  private OutputStream open(List<ChunkedFile> to, String path, int mode, Instant modifiedAt) {
    requireSomeCopy();
    ChunkedFile file =
        new ChunkedFile(path, mode, modifiedAt.toEpochMilli(), chunker, pipeline, sourceBytes);
    to.add(file);
    return file;
  }

  private void claim(String name) {
    if (!names.add(name)) {
      throw new FarshoreException(
          VaultErrors.SOURCE_INVALID, "The source names a path twice", Map.of("path", name));
    }
  }

  private void requireSomeCopy() {
    if (writers.stream().noneMatch(CopyWriter::alive)) {
      throw CopyFailures.none(outcomes());
    }
  }

  private BackupManifest manifest(RecoveryPointFacts facts) {
    RecoveryPointSummary summary =
        new RecoveryPointSummary(
            ManifestCodec.FORMAT,
            facts.id(),
            facts.application(),
            facts.component(),
            facts.source(),
            facts.takenAt(),
            facts.timeline(),
            facts.startLsn(),
            facts.stopLsn(),
            facts.countsLsn(),
            sourceBytes(),
            storedBytes());
    return new BackupManifest(
        summary,
        new BackupManifest.Contents(
            directories,
            files.stream().map(ChunkedFile::stored).collect(Collectors.toList()),
            wal.stream().map(ChunkedFile::stored).collect(Collectors.toList()),
            facts.minimumSettings(),
            facts.rowCounts()));
  }
}
