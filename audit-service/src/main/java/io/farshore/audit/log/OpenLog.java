package io.farshore.audit.log;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import io.farshore.tlog.writer.LogWriter;
import io.farshore.tlog.writer.Recovery;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A log open for writing, together with the ids of its newest events. Not thread-safe; after a
 * failure it can only be closed.
 */
public final class OpenLog implements AutoCloseable {
  /** Reads one bundle at a time while rebuilding the window; its entries may be long. */
  private static final int SCAN_ENTRIES = 256;

  private final LogWriter writer;
  private final DeduplicationWindow known = new DeduplicationWindow();

  /** Opens the log; again after every failure. */
  @FunctionalInterface
  public interface Opener {
    /**
     * @throws FarshoreException if the log cannot be opened now
     */
    OpenLog open();
  }

  /**
   * Takes over a writer and reads the ids of the newest events.
   *
   * @param files the writer's
   * @param idOf the id of the event in an entry, if it has one
   * @throws FarshoreException if they cannot be read; then the writer is closed
   */
  public OpenLog(LogWriter writer, LogFiles files, Function<byte[], Optional<String>> idOf) {
    this.writer = writer;
    long size = writer.published().size();
    LogReader reader = new LogReader(files, size);
    try {
      for (long at = Math.max(0, size - DeduplicationWindow.IDS_MAX);
          at < size;
          at += SCAN_ENTRIES) {
        reader.entries(at, SCAN_ENTRIES).forEach(entry -> idOf.apply(entry).ifPresent(known::add));
      }
    } catch (FarshoreException unreadable) {
      writer.close();
      throw unreadable;
    }
  }

  /** Makes {@code entry} the first of this opening; if that fails, the writer is closed. */
  public OpenLog begin(PreparedEntry entry) {
    try {
      append(List.of(entry));
      return this;
    } catch (FarshoreException failed) {
      writer.close();
      throw failed;
    }
  }

  Recovery recovery() {
    return writer.recovery();
  }

  LogCheckpoint published() {
    return writer.published();
  }

  boolean knows(String id) {
    return known.contains(id);
  }

  /** Durable when it returns; answers the index of the first entry. */
  long append(List<PreparedEntry> entries) {
    if (writer.isNearlyFull()) {
      writer.publish();
    }
    long first = writer.append(entries.stream().map(PreparedEntry::entry).toList());
    entries.forEach(entry -> known.add(entry.id()));
    return first;
  }

  LogCheckpoint publish() {
    return writer.publish();
  }

  @Override
  public void close() {
    writer.close();
  }
}
