package io.farshore.vault.backup;

import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.chunk.Chunker;
import io.farshore.vault.manifest.StoredFile;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A file on its way into the vault: cut into chunks as it comes. For one thread. */
final class ChunkedFile extends OutputStream {
  private final String path;
  private final int mode;
  private final long modifiedAtMillis;
  private final Chunker chunker;
  private final ChunkPipeline pipeline;
  private final AtomicLong sourceBytes;
  private final List<AtomicReference<ChunkId>> chunks = new ArrayList<>();
  private byte @Nullable [] buffer;
  private int filled;
  private long bytes;
  private boolean closed;

  ChunkedFile(
      String path,
      int mode,
      long modifiedAtMillis,
      Chunker chunker,
      ChunkPipeline pipeline,
      AtomicLong sourceBytes) {
    this.path = path;
    this.mode = mode;
    this.modifiedAtMillis = modifiedAtMillis;
    this.chunker = chunker;
    this.pipeline = pipeline;
    this.sourceBytes = sourceBytes;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (closed) {
      throw new IllegalStateException("the file is closed");
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      byte[] target = buffer == null ? pipeline.borrow() : buffer;
      buffer = target;
      int taken = Math.min(end - at, chunker.chunkBytesMax() - filled);
      System.arraycopy(source, at, target, filled, taken);
      filled += taken;
      at += taken;
      cutAll(false);
    }
    bytes += length;
    sourceBytes.addAndGet(length);
  }

  /** Ends the file; its chunks are named by the time the session is sealed. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    cutAll(true);
    if (buffer != null) {
      pipeline.release(buffer);
      buffer = null;
    }
  }

  /**
   * Call after the pipeline was drained.
   *
   * @throws IllegalStateException if the file was not closed
   */
  StoredFile stored() {
    if (!closed) {
      throw new IllegalStateException("a file is still open");
    }
    List<ChunkId> ids = chunks.stream().map(AtomicReference::get).toList();
    return new StoredFile(path, mode, modifiedAtMillis, bytes, ids);
  }

  private void cutAll(boolean last) {
    while (buffer != null && filled > 0) {
      byte[] full = buffer;
      int length = chunker.cut(full, filled, last);
      if (length == 0) {
        return;
      }
      int rest = filled - length;
      byte @Nullable [] next = null;
      if (rest > 0) {
        next = pipeline.borrow();
        System.arraycopy(full, length, next, 0, rest);
      }
      AtomicReference<ChunkId> slot = new AtomicReference<>();
      chunks.add(slot);
      pipeline.submit(full, length, slot::set);
      buffer = next;
      filled = rest;
    }
  }
}
