package io.farshore.tlog.journal;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.disk.LogDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The directory of journal files: entries that are durable, the newest of which are not yet in
 * tiles. Not thread-safe.
 *
 * @param disk where
 * @param directory exists
 * @param salts draws 16 random bytes for each file
 */
public record Journal(LogDisk disk, Path directory, Supplier<byte[]> salts) {
  public static final int SALT_BYTES = JournalFile.SALT_BYTES;

  private static final Pattern NAME = Pattern.compile("[0-9]{19}\\.journal");

  /**
   * What a journal still knows.
   *
   * @param entries durable but not published, in order, from the published size on
   * @param tornBytes of a batch that was being written when the process ended, and that nobody was
   *     told is durable
   * @param present whether there was any journal file
   */
  public record Recovered(List<byte[]> entries, long tornBytes, boolean present) {}

  /**
   * Reads what was not published.
   *
   * @param publishedSize entries below it are in tiles
   * @throws FarshoreException {@code log-damaged} if entries are missing or damaged that somebody
   *     was told are durable
   */
  public Recovered recover(long publishedSize) throws IOException {
    List<byte[]> pending = new ArrayList<>();
    List<Path> files = files();
    long tornBytes = 0;
    long end = 0;
    for (Path file : files) {
      byte[] content = disk.read(file);
      long first = firstIndex(file);
      if (first > Math.max(end, publishedSize)) {
        throw damaged(file, "entries are missing before this journal file");
      }
      end = Math.max(end, first);
      int at = Math.min(JournalFile.HEADER_BYTES, content.length);
      if (!JournalFile.hasHeader(content)) {
        if (content.length > JournalFile.HEADER_BYTES) {
          throw damaged(file, "the journal file's header is damaged");
        }
        continue; // created by a process that ended before it could use it
      }
      byte[] salt = JournalFile.salt(content);
      for (Optional<JournalFrame.Located> next = JournalFrame.decode(salt, content, at);
          next.isPresent();
          next = JournalFrame.decode(salt, content, at)) {
        JournalFrame frame = next.get().frame();
        if (frame.firstIndex() > Math.max(end, publishedSize)) {
          throw damaged(file, "entries are missing within this journal file");
        }
        for (int i = 0; i < frame.entries().size(); i++) {
          long index = frame.firstIndex() + i;
          if (index == publishedSize + pending.size()) {
            pending.add(frame.entries().get(i));
          }
        }
        end = Math.max(end, frame.firstIndex() + frame.entries().size());
        at = next.get().end();
      }
      requireNothingSoundAfter(file, salt, content, at);
      tornBytes += content.length - at;
    }
    if (!files.isEmpty() && end < publishedSize) {
      throw damaged(files.getLast(), "the journal ends before the published checkpoint");
    }
    return new Recovered(pending, tornBytes, !files.isEmpty());
  }

  /** Begins a new file, and removes the older ones: all they hold must be published. */
  public JournalFile begin(long firstIndex) throws IOException {
    JournalFile begun = JournalFile.create(disk, directory, firstIndex, salts.get());
    try {
      for (Path file : files()) {
        if (!file.equals(begun.path())) {
          disk.delete(file);
        }
      }
      return begun;
    } catch (IOException | RuntimeException failed) {
      begun.close();
      throw failed;
    }
  }

  /**
   * Only the batch being written when the process ended may be damaged: a later sound one shows
   * that the damage came afterwards.
   */
  private static void requireNothingSoundAfter(Path file, byte[] salt, byte[] content, int from) {
    for (int at = from + 1; at < content.length; at++) {
      if (JournalFrame.decode(salt, content, at).isPresent()) {
        throw damaged(file, "a batch within the journal file is damaged");
      }
    }
  }

  private List<Path> files() throws IOException {
    return disk.list(directory).stream()
        .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
        .toList();
  }

  private static long firstIndex(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private static FarshoreException damaged(Path file, String problem) {
    return new FarshoreException(
        TlogErrors.LOG_DAMAGED,
        "The journal lost entries that were acknowledged",
        Map.of("file", file.toString(), "problem", problem));
  }
}
