package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.pack.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.crypto.Mac;

/**
 * Names, compresses and packs chunks on a few threads. Memory is bounded by a fixed number of
 * buffers, which producers borrow and the threads give back. Thread-safe.
 */
final class ChunkPipeline implements AutoCloseable {
  /** Buffers beside those at work: enough that no thread waits while a producer reads. */
  private static final int BUFFERS_SPARE = 8;

  private final BlockingQueue<byte[]> buffers;
  private final int bufferCount;
  private final BlockingQueue<Task> tasks;
  private final Set<ChunkId> claimed = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final PackStream packs;
  private final RepositoryKey key;
  private final Compression.Factory compression;
  private final List<Thread> threads = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // a borrowed buffer, never compared
  private record Task(byte[] buffer, int length, Consumer<ChunkId> named) {}

  ChunkPipeline(
      RepositoryKey key,
      Compression.Factory compression,
      PackStream packs,
      int chunkBytesMax,
      int threadCount) {
    this.key = key;
    this.compression = compression;
    this.packs = packs;
    bufferCount = BUFFERS_SPARE + threadCount;
    buffers = new ArrayBlockingQueue<>(bufferCount);
    tasks = new ArrayBlockingQueue<>(bufferCount);
    for (int i = 0; i < bufferCount; i++) {
      buffers.add(new byte[chunkBytesMax]);
    }
    for (int i = 0; i < threadCount; i++) {
      threads.add(Thread.ofPlatform().daemon().name("vault-chunks-" + i).unstarted(this::work));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Borrows a buffer, waiting for one; give it back with {@link #submit} or {@link #release}. */
  byte[] borrow() {
    requireHealthy();
    try {
      return buffers.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  void release(byte[] buffer) {
    buffers.add(buffer);
  }

  /**
   * Hands a buffer's first bytes over as one chunk.
   *
   * @param named told the chunk's id, on another thread, before {@link #drain} returns
   */
  void submit(byte[] buffer, int length, Consumer<ChunkId> named) {
    tasks.add(new Task(buffer, length, named));
  }

  /** Waits until every submitted chunk is packed: then all buffers are back. */
  void drain() {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < bufferCount; i++) {
      all.add(borrow());
    }
    buffers.addAll(all);
    requireHealthy();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  private void work() {
    Mac naming = key.chunkNaming();
    try (Compression compressor = compression.open()) {
      byte[] target = new byte[0];
      while (true) {
        Task task = tasks.take();
        try {
          int needed = compressor.compressedBytesMax(task.length);
          if (target.length < needed) {
            target = new byte[needed];
          }
          if (failure.get() == null) {
            process(task, naming, compressor, target);
          }
        } catch (RuntimeException | Error e) {
          // Producers learn of it at their next step; until then buffers must keep coming back.
          failure.compareAndSet(null, e);
        } finally {
          buffers.add(task.buffer);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    } catch (LinkageError e) {
      // The compressor's native library is missing: producers must learn of it, not wait.
      failure.compareAndSet(null, e);
      Task task;
      while ((task = tasks.poll()) != null) {
        buffers.add(task.buffer);
      }
    }
  }

  private void process(Task task, Mac naming, Compression compressor, byte[] target) {
    naming.update(task.buffer, 0, task.length);
    ChunkId id = ChunkId.of(naming.doFinal());
    task.named.accept(id);
    long missing = packs.missing(id);
    if (missing == 0 || !claimed.add(id)) {
      return;
    }
    int length = compressor.compress(task.buffer, task.length, target);
    if (length < task.length) {
      packs.add(missing, id, task.length, Codec.ZSTD, target, length);
    } else {
      packs.add(missing, id, task.length, Codec.STORED, task.buffer, task.length);
    }
  }

  private void requireHealthy() {
    Throwable cause = failure.get();
    if (cause instanceof FarshoreException known) {
      throw known;
    }
    if (cause != null) {
      throw new IllegalStateException("the chunk pipeline failed", cause);
    }
  }

  private static FarshoreException interrupted(InterruptedException e) {
    return new FarshoreException(
        VaultErrors.INTERRUPTED, "Interrupted while chunking", Map.of(), e);
  }
}
