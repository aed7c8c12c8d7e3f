package io.farshore.tlog.verify;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.merkle.TreeHashes;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.TileNodes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Verifies a log with nothing but its files and its public key: the checkpoint's signature, the
 * hash of every entry, every tile and the root. What is wrong becomes a finding, not an exception.
 */
public final class LogVerification {
  /** Enough to see a pattern; the report counts the rest. */
  public static final int FINDINGS_MAX = 100;

  private LogVerification() {}

  /**
   * Verifies the whole log in {@code directory}.
   *
   * @param key whose signature is trusted; its name is the log's
   */
  public static VerificationReport verify(Path directory, VerifierKey key) {
    return verify(LogFiles.of(directory), key, Optional.empty(), Long.MAX_VALUE);
  }

  /**
   * Verifies the whole log, and that it extends what it was when {@code earlierCheckpoint} (a
   * signed note somebody kept) was signed.
   */
  public static VerificationReport verify(
      Path directory, VerifierKey key, byte[] earlierCheckpoint) {
    return verify(LogFiles.of(directory), key, Optional.of(earlierCheckpoint), Long.MAX_VALUE);
  }

  /** As above, wherever the files lie. */
  public static VerificationReport verify(
      LogFiles files, VerifierKey key, Optional<byte[]> earlierCheckpoint) {
    return verify(files, key, earlierCheckpoint, Long.MAX_VALUE);
  }

  /**
   * Hashes only the newest entries, and trusts the tiles of level 1 for the older ones. Quick
   * enough for each start of a writer.
   */
  public static VerificationReport verifyNewest(LogFiles files, VerifierKey key, long entriesMax) {
    return verify(files, key, Optional.empty(), entriesMax);
  }

  private static VerificationReport verify(
      LogFiles files, VerifierKey key, Optional<byte[]> earlierCheckpoint, long entriesMax) {
    Findings findings = new Findings();
    Optional<LogCheckpoint> checkpoint = checkpoint(files, key, findings);
    if (checkpoint.isEmpty()) {
      return new VerificationReport(
          checkpoint,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          findings.kept(),
          findings.total());
    }
    LogCheckpoint signed = checkpoint.get();
    TreeScan scan = new TreeScan(files, signed.size(), findings);
    Optional<Hash> root = scan.root(Math.max(0, signed.size() - entriesMax));
    if (!root.equals(Optional.of(signed.root()))) {
      findings.add(
          LogFiles.CHECKPOINT,
          null,
          root.isPresent()
              ? "the signed root is not that of the entries"
              : "too many files are missing to compute the root");
    }
    Optional<LogCheckpoint> earlier =
        earlierCheckpoint.flatMap(note -> earlier(files, key, signed, note, findings));
    return new VerificationReport(
        checkpoint,
        scan.entriesChecked(),
        scan.first(),
        scan.last(),
        earlier,
        findings.kept(),
        findings.total());
  }

  private static Optional<LogCheckpoint> checkpoint(
      LogFiles files, VerifierKey key, Findings findings) {
    try {
      Optional<byte[]> note = files.readCheckpoint();
      if (note.isEmpty()) {
        findings.add(LogFiles.CHECKPOINT, null, "there is no checkpoint");
        return Optional.empty();
      }
      return Optional.of(LogCheckpoint.open(note.get(), key));
    } catch (FarshoreException refused) {
      findings.add(LogFiles.CHECKPOINT, null, refused.describe());
      return Optional.empty();
    }
  }

  private static Optional<LogCheckpoint> earlier(
      LogFiles files, VerifierKey key, LogCheckpoint now, byte[] note, Findings findings) {
    String name = "earlier checkpoint";
    try {
      LogCheckpoint earlier = LogCheckpoint.open(note, key);
      if (earlier.size() > now.size()) {
        findings.add(name, now.size(), "the log is shorter than it was");
        return Optional.empty();
      }
      Hash root = new TreeHashes(new TileNodes(files, now.size()), earlier.size()).root();
      if (!root.equals(earlier.root())) {
        findings.add(name, null, "the log does not begin with what was signed then");
        return Optional.empty();
      }
      return Optional.of(earlier);
    } catch (FarshoreException refused) {
      findings.add(name, null, refused.describe());
      return Optional.empty();
    }
  }
}
