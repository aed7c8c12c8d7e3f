package io.farshore.tlog.note;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed note (C2SP signed-note): text and the signatures over it.
 *
 * @param text one or more lines, each ended by a newline
 * @param signatures in the order they were added
 */
public record Note(String text, List<NoteSignature> signatures) {
  /** Longer than any checkpoint with its witnesses; bounds what a reader must hold. */
  public static final int BYTES_MAX = 1_000_000;

  /** The format asks for at least 16 to be accepted. */
  public static final int SIGNATURES_MAX = 100;

  /** What a known key says of a note. */
  public enum Verdict {
    /** The key signed this text. */
    VALID,
    /** No signature by the key. */
    ABSENT,
    /** There is a signature in the key's name, and it is wrong: the note must be rejected. */
    INVALID
  }

  public Note {
    signatures = List.copyOf(signatures);
    requireText(text);
  }

  /**
   * Reads a note without verifying it.
   *
   * @throws FarshoreException {@code log-format-malformed}
   */
  public static Note parse(byte[] encoded) {
    if (encoded.length > BYTES_MAX) {
      throw malformed("The note is too long", null);
    }
    String whole;
    try {
      whole = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException notText) {
      throw malformed("The note is not UTF-8", notText);
    }
    int gap = whole.lastIndexOf("\n\n");
    if (gap < 0 || !whole.endsWith("\n") || gap + 2 == whole.length()) {
      throw malformed("A note is text, an empty line and signature lines", null);
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : whole.substring(gap + 2, whole.length() - 1).split("\n", -1)) {
      if (signatures.size() == SIGNATURES_MAX) {
        throw malformed("The note has too many signatures", null);
      }
      signatures.add(NoteSignature.parseLine(line));
    }
    return new Note(whole.substring(0, gap + 1), signatures);
  }

  public byte[] encode() {
    StringBuilder whole = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> whole.append(signature.toLine()));
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What {@code key}, of type Ed25519, says of this note. */
  public Verdict check(VerifierKey key) {
    if (key.type() != SignatureType.ED25519) {
      throw new IllegalArgumentException("a cosignature covers a time as well: use Cosignature");
    }
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    Verdict verdict = Verdict.ABSENT;
    for (NoteSignature signature : signatures) {
      if (signature.claims(key)) {
        if (!key.publicKey().verifies(message, signature.signature())) {
          return Verdict.INVALID;
        }
        verdict = Verdict.VALID;
      }
    }
    return verdict;
  }

  /** This note with one more signature. */
  public Note with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  private static void requireText(String text) {
    if (!text.endsWith("\n")) {
      throw malformed("A note's text ends in a newline", null);
    }
    if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw malformed("A note's text has no control characters", null);
    }
  }

  private static FarshoreException malformed(String why, @Nullable Throwable cause) {
    return new FarshoreException(TlogErrors.MALFORMED, why, Map.of(), cause);
  }
}
