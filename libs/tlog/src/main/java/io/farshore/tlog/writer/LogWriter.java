package io.farshore.tlog.writer;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.disk.DurableWrites;
import io.farshore.tlog.journal.Journal;
import io.farshore.tlog.journal.JournalFile;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.tile.EntryBundle;
import io.farshore.tlog.tile.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one writer of a log. An entry is durable when {@link #append} returns, and covered by a
 * signed checkpoint when {@link #publish} returns. After a failed disk operation it refuses
 * everything, because what reached the disk is unknown: close it and open the log again. Not
 * thread-safe.
 */
public final class LogWriter implements Closeable {
  /** What may wait for the next checkpoint; a crash must read it back into memory. */
  public static final long UNPUBLISHED_BYTES_MAX = 64L << 20;

  /** A journal file longer than this is replaced once all in it is published. */
  private static final long JOURNAL_FILE_BYTES_MAX = 4L << 20;

  private final LogFiles files;
  private final NoteSigner signer;
  private final Journal journal;
  private final Closeable lock;
  private final PendingTiles tiles;
  private final Recovery recovery;
  private final List<byte[]> unpublished = new ArrayList<>();
  private JournalFile journalFile;
  private LogCheckpoint published;
  private long unpublishedBytes;

  /** Set before each change and reset after it, so that whatever stops one leaves it set. */
  private boolean failed;

  LogWriter(
      LogFiles files,
      NoteSigner signer,
      Journal journal,
      Closeable lock,
      LogCheckpoint published,
      Journal.Recovered recovered)
      throws IOException {
    this.files = files;
    this.signer = signer;
    this.journal = journal;
    this.lock = lock;
    this.published = published;
    this.tiles = PendingTiles.load(files, published.size());
    this.recovery =
        new Recovery(
            published.size(),
            recovered.entries().size(),
            recovered.tornBytes(),
            recovered.present());
    unpublished.addAll(recovered.entries());
    integrateAndPublish();
    this.journalFile = journal.begin(published().size());
  }

  /** What opening the log found. */
  public Recovery recovery() {
    return recovery;
  }

  /** Number of durable entries. */
  public long size() {
    return published.size() + unpublished.size();
  }

  /** Whether so much is unpublished that a long batch might be refused. */
  public boolean isNearlyFull() {
    return unpublishedBytes > UNPUBLISHED_BYTES_MAX / 2;
  }

  /** The newest checkpoint that readers see. */
  public LogCheckpoint published() {
    return published;
  }

  /**
   * Appends entries in order, as one batch. If the process ends before this returns, either all of
   * them are there afterwards or none.
   *
   * @return the index of the first
   * @throws FarshoreException {@code log-entry-too-large} or {@code log-busy}, and nothing was
   *     appended; {@code log-storage-failed}, and whether it was appended is unknown until the log
   *     is opened again
   */
  public long append(List<byte[]> entries) {
    requireUsable();
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one entry");
    }
    long bytes = 0;
    for (byte[] entry : entries) {
      if (entry.length > EntryBundle.ENTRY_BYTES_MAX) {
        throw new FarshoreException(
            TlogErrors.ENTRY_TOO_LARGE,
            "An entry has at most 65,535 bytes",
            Map.of("bytes", Integer.toString(entry.length)));
      }
      bytes += entry.length;
    }
    if (unpublishedBytes + bytes > UNPUBLISHED_BYTES_MAX) {
      throw new FarshoreException(
          TlogErrors.LOG_BUSY, "Too much is waiting for the next checkpoint");
    }
    long first = size();
    failed = true;
    try {
      journalFile.append(first, entries);
    } catch (IOException refused) {
      throw LogOpening.storageFailed(files, refused);
    }
    failed = false;
    unpublished.addAll(entries);
    unpublishedBytes += bytes;
    return first;
  }

  /**
   * Publishes a checkpoint over everything appended; durable when it returns. Does nothing if
   * nothing was appended since the last.
   *
   * @throws FarshoreException {@code log-storage-failed}
   */
  public LogCheckpoint publish() {
    requireUsable();
    if (unpublished.isEmpty()) {
      return published;
    }
    failed = true;
    try {
      integrateAndPublish();
      if (journalFile.lengthBytes() > JOURNAL_FILE_BYTES_MAX) {
        JournalFile full = journalFile;
        journalFile = journal.begin(published.size());
        full.close();
      }
    } catch (IOException refused) {
      throw LogOpening.storageFailed(files, refused);
    }
    failed = false;
    return published;
  }

  /** Gives up the log; what is durable but not published will be when it is opened again. */
  @Override
  public void close() {
    failed = true;
    try (lock) {
      journalFile.close();
    } catch (IOException refused) {
      throw LogOpening.storageFailed(files, refused);
    }
  }

  /** Tiles first, then the checkpoint over them: a reader of the checkpoint finds all it needs. */
  private void integrateAndPublish() throws IOException {
    if (!unpublished.isEmpty()) {
      tiles.integrate(unpublished);
      LogCheckpoint next = new LogCheckpoint(published.origin(), size(), tiles.root());
      putCheckpoint(files, signer, next);
      published = next;
      unpublished.clear();
      unpublishedBytes = 0;
      tiles.removeSupersededPartials();
    }
  }

  static void putCheckpoint(LogFiles files, NoteSigner signer, LogCheckpoint checkpoint)
      throws IOException {
    DurableWrites writes = new DurableWrites(files.disk(), files.directory());
    writes.put(files.checkpointFile(), signer.sign(checkpoint.toText()).encode());
    writes.sync();
  }

  private void requireUsable() {
    if (failed) {
      throw new FarshoreException(
          TlogErrors.LOG_CLOSED, "The log's writer was closed or has failed; open the log again");
    }
  }
}
