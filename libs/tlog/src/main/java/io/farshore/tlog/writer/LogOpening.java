package io.farshore.tlog.writer;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.disk.FileSystemDisk;
import io.farshore.tlog.disk.LogDisk;
import io.farshore.tlog.journal.Journal;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens a log for writing: takes the lock, checks that the directory is what its checkpoint says,
 * and publishes what a crash left durable but unpublished. Stateless.
 */
public final class LogOpening {
  /**
   * The newest entries are hashed again at each start; older ones are covered by the root through
   * the tiles above them, and fully by {@link LogVerification}. 65,536 take well under a second.
   */
  public static final long START_CHECK_ENTRIES_MAX = 65_536;

  private static final String LOCK = "lock";
  private static final String JOURNAL = "journal";
  private static final String TILES = "tile";

  private LogOpening() {}

  /**
   * Opens the log in {@code directory}, or begins one if the directory is empty or absent.
   *
   * @param signer its name is the log's origin
   * @throws FarshoreException {@code log-locked}, {@code log-damaged}, {@code log-key-mismatch} or
   *     {@code log-storage-failed}
   */
  public static LogWriter open(Path directory, NoteSigner signer, SecureRandom random) {
    return open(new LogFiles(new FileSystemDisk(), directory.toAbsolutePath()), signer, random);
  }

  /** As above, wherever the files lie. */
  public static LogWriter open(LogFiles files, NoteSigner signer, SecureRandom random) {
    Supplier<byte[]> salts =
        () -> {
          byte[] salt = new byte[Journal.SALT_BYTES];
          random.nextBytes(salt);
          return salt;
        };
    return open(files, signer, salts);
  }

  static LogWriter open(LogFiles files, NoteSigner signer, Supplier<byte[]> salts) {
    try {
      createDirectories(files.disk(), files.directory());
      Closeable lock =
          files
              .disk()
              .lock(files.directory().resolve(LOCK))
              .orElseThrow(
                  () ->
                      new FarshoreException(
                          TlogErrors.LOG_LOCKED,
                          "Another writer has the log open",
                          Map.of("directory", files.directory().toString())));
      try {
        return openLocked(files, signer, salts, lock);
      } catch (IOException | RuntimeException refused) {
        lock.close();
        throw refused;
      }
    } catch (IOException refused) {
      throw storageFailed(files, refused);
    }
  }

  private static LogWriter openLocked(
      LogFiles files, NoteSigner signer, Supplier<byte[]> salts, Closeable lock)
      throws IOException {
    Path journalDirectory = files.directory().resolve(JOURNAL);
    files.disk().createDirectory(journalDirectory);
    files.disk().syncDirectory(files.directory());
    Journal journal = new Journal(files.disk(), journalDirectory, salts);
    Optional<byte[]> note = files.readCheckpoint();
    if (note.isEmpty()) {
      Journal.Recovered recovered = journal.recover(0);
      if (!recovered.entries().isEmpty() || files.disk().exists(files.directory().resolve(TILES))) {
        throw damaged(files, "there are entries but no checkpoint");
      }
      LogCheckpoint empty = new LogCheckpoint(signer.name(), 0, Hash.EMPTY_ROOT);
      LogWriter.putCheckpoint(files, signer, empty);
      return new LogWriter(files, signer, journal, lock, empty, recovered);
    }
    requireSameLog(files, note.get(), signer);
    LogCheckpoint published = requireIntact(files, signer);
    Journal.Recovered recovered = journal.recover(published.size());
    return new LogWriter(files, signer, journal, lock, published, recovered);
  }

  private static void requireSameLog(LogFiles files, byte[] note, NoteSigner signer) {
    Note checkpoint;
    try {
      checkpoint = Note.parse(note);
    } catch (FarshoreException malformed) {
      throw damaged(files, malformed.describe());
    }
    if (checkpoint.check(signer.verifierKey()) == Note.Verdict.ABSENT) {
      throw new FarshoreException(
          TlogErrors.LOG_KEY_MISMATCH,
          "The log was begun under another name or key",
          Map.of(
              "directory", files.directory().toString(),
              "configured", signer.verifierKey().toString(),
              "signedBy", checkpoint.signatures().getFirst().name()));
    }
  }

  private static LogCheckpoint requireIntact(LogFiles files, NoteSigner signer) {
    VerificationReport report =
        LogVerification.verifyNewest(files, signer.verifierKey(), START_CHECK_ENTRIES_MAX);
    if (!report.intact()) {
      throw damaged(files, report.findings().getFirst().toString());
    }
    return report.checkpoint().orElseThrow();
  }

  private static void createDirectories(LogDisk disk, Path directory) throws IOException {
    if (!disk.exists(directory)) {
      Path parent = directory.resolveSibling("");
      createDirectories(disk, parent);
      disk.createDirectory(directory);
      disk.syncDirectory(parent);
    }
  }

  private static FarshoreException damaged(LogFiles files, String problem) {
    return new FarshoreException(
        TlogErrors.LOG_DAMAGED,
        "The log's directory disagrees with its checkpoint; keep it as evidence, and put a verified"
            + " copy in its place",
        Map.of("directory", files.directory().toString(), "problem", problem));
  }

  static FarshoreException storageFailed(LogFiles files, IOException cause) {
    return new FarshoreException(
        TlogErrors.LOG_STORAGE_FAILED,
        "A disk operation of the log failed",
        Map.of("directory", files.directory().toString(), "error", cause.toString()),
        cause);
  }
}
