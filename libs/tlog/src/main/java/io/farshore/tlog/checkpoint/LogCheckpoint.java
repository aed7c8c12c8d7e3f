package io.farshore.tlog.checkpoint;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.VerifierKey;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a log claims: under this name, this many entries, with this root (C2SP tlog-checkpoint).
 * Extension lines of others' checkpoints are accepted and not kept.
 *
 * @param origin the log's name, which is its key's name
 * @param size number of entries
 * @param root RFC 6962 root hash over them
 */
public record LogCheckpoint(String origin, long size, Hash root) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final int LINES_MIN = 3;

  public LogCheckpoint {
    if (size < 0 || origin.isEmpty() || origin.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a checkpoint has a one-line origin and a size");
    }
    if (size == 0 && !root.equals(Hash.EMPTY_ROOT)) {
      throw new IllegalArgumentException("an empty log has the empty root");
    }
  }

  /**
   * Reads the text of a checkpoint's note.
   *
   * @throws FarshoreException {@code log-format-malformed}
   */
  public static LogCheckpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length <= LINES_MIN || !SIZE.matcher(lines[1]).matches()) {
      throw malformed("A checkpoint has the lines origin, size and root");
    }
    for (int i = 0; i < lines.length - 1; i++) {
      if (lines[i].isEmpty()) {
        throw malformed("A checkpoint has no empty line");
      }
    }
    try {
      return new LogCheckpoint(lines[0], Long.parseLong(lines[1]), Hash.parseBase64(lines[2]));
    } catch (IllegalArgumentException refused) {
      throw malformed("The checkpoint's size or root is not well formed");
    }
  }

  /**
   * Reads a checkpoint and insists that {@code key} signed it and that it is about the key's log.
   *
   * @throws FarshoreException {@code log-format-malformed} or {@code checkpoint-untrusted}
   */
  public static LogCheckpoint open(byte[] encodedNote, VerifierKey key) {
    Note note = Note.parse(encodedNote);
    Note.Verdict verdict = note.check(key);
    if (verdict != Note.Verdict.VALID) {
      throw new FarshoreException(
          TlogErrors.CHECKPOINT_UNTRUSTED,
          verdict == Note.Verdict.ABSENT
              ? "The checkpoint is not signed by this key"
              : "The checkpoint's signature is wrong",
          Map.of("key", key.toString()));
    }
    LogCheckpoint checkpoint = parse(note.text());
    if (!checkpoint.origin().equals(key.name())) {
      throw new FarshoreException(
          TlogErrors.CHECKPOINT_UNTRUSTED,
          "The checkpoint is about another log than the key's",
          Map.of("origin", checkpoint.origin(), "key", key.toString()));
    }
    return checkpoint;
  }

  /** The text that is signed. */
  public String toText() {
    return origin + "\n" + size + "\n" + root.toBase64() + "\n";
  }

  private static FarshoreException malformed(String why) {
    return new FarshoreException(TlogErrors.MALFORMED, why);
  }
}
