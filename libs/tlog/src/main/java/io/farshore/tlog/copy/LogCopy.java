package io.farshore.tlog.copy;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.disk.DurableWrites;
import io.farshore.tlog.disk.FileSystemDisk;
import io.farshore.tlog.disk.LogDisk;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.tile.EntryBundle;
import io.farshore.tlog.tile.HashTile;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogResource;
import io.farshore.tlog.tile.TreeEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Copies the published part of a log while its writer goes on. The checkpoint is read first and
 * written last, so that a copy, whenever it ends, is whole or has none. Copying again to the same
 * place brings what is new.
 */
public final class LogCopy {
  private LogCopy() {}

  /**
   * @param from the log's directory
   * @param to created if absent
   * @return the checkpoint copied; not verified
   * @throws FarshoreException {@code log-damaged} if the log has no checkpoint or a file is
   *     missing, {@code log-storage-failed}
   */
  public static LogCheckpoint copy(Path from, Path to) {
    LogFiles source = LogFiles.of(from);
    byte[] note =
        source
            .readCheckpoint()
            .orElseThrow(
                () ->
                    new FarshoreException(
                        TlogErrors.LOG_DAMAGED,
                        "There is no log to copy",
                        Map.of("directory", from.toString())));
    LogCheckpoint checkpoint = LogCheckpoint.parse(Note.parse(note).text());
    try {
      Path target = Files.createDirectories(to.toAbsolutePath());
      new Copying(source, new LogFiles(new FileSystemDisk(), target), checkpoint.size()).run(note);
      return checkpoint;
    } catch (IOException failed) {
      throw new FarshoreException(
          TlogErrors.LOG_STORAGE_FAILED,
          "The copy of the log cannot be written",
          Map.of("directory", to.toString(), "error", failed.toString()),
          failed);
    }
  }

  private record Copying(LogFiles source, LogFiles target, long size) {
    void run(byte[] note) throws IOException {
      DurableWrites writes = new DurableWrites(target.disk(), target.directory());
      for (long index = 0; index * LogResource.WIDTH_FULL < size; index++) {
        EntryBundle bundle = EntryBundle.in(size, index);
        if (!has(bundle)) {
          writes.put(target.fileOf(bundle), EntryBundle.encode(source.entries(bundle)));
        }
      }
      for (int level = 0; HashTile.hashes(level, size) > 0; level++) {
        for (long index = 0;
            index * LogResource.WIDTH_FULL < HashTile.hashes(level, size);
            index++) {
          HashTile tile = HashTile.in(size, level, index);
          if (!has(tile)) {
            writes.put(target.fileOf(tile), TreeEdge.encode(source.hashes(tile)));
          }
        }
      }
      writes.sync();
      writes.put(target.checkpointFile(), note);
      writes.sync();
    }

    /** Files never change once they are in place. */
    private boolean has(LogResource resource) throws IOException {
      LogDisk disk = target.disk();
      return disk.exists(target.fileOf(resource));
    }
  }
}
