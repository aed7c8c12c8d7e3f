package io.farshore.tlog.proof;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.merkle.InclusionProof;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That one entry is in a log, in a single file (C2SP tlog-proof). Readers accept the optional
 * {@code extra} line and drop it; it is not authenticated by the log.
 *
 * @param index of the entry
 * @param hashes of the inclusion proof, the leaf's sibling first
 * @param checkpoint the signed note, verbatim
 */
public record TlogProof(long index, List<Hash> hashes, Note checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,18})");

  /** A tree has at most 63 levels above its leaves. */
  private static final int HASHES_MAX = 63;

  public TlogProof {
    hashes = List.copyOf(hashes);
  }

  public static TlogProof of(InclusionProof proof, Note checkpoint) {
    return new TlogProof(proof.index(), proof.hashes(), checkpoint);
  }

  /**
   * @throws FarshoreException {@code log-format-malformed}
   */
  public static TlogProof parse(byte[] encoded) {
    String whole;
    try {
      whole = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException notText) {
      throw malformed("The proof is not UTF-8", notText);
    }
    int gap = whole.indexOf("\n\n");
    if (gap < 0) {
      throw malformed("A proof has an empty line before its checkpoint", null);
    }
    List<String> lines = new ArrayList<>(List.of(whole.substring(0, gap).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw malformed("The proof does not begin as a tlog-proof of version 1", null);
    }
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      lines.removeFirst();
    }
    if (lines.isEmpty() || !INDEX.matcher(lines.getFirst()).matches()) {
      throw malformed("The proof has no index", null);
    }
    if (lines.size() - 1 > HASHES_MAX) {
      throw malformed("The proof has too many hashes", null);
    }
    try {
      long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
      List<Hash> hashes = lines.stream().map(Hash::parseBase64).toList();
      byte[] checkpoint = whole.substring(gap + 2).getBytes(StandardCharsets.UTF_8);
      return new TlogProof(index, hashes, Note.parse(checkpoint));
    } catch (IllegalArgumentException refused) {
      throw malformed("The proof's index or a hash is not well formed", refused);
    }
  }

  public byte[] encode() {
    StringBuilder text = new StringBuilder(HEADER).append("\nindex ").append(index).append('\n');
    hashes.forEach(hash -> text.append(hash.toBase64()).append('\n'));
    text.append('\n').append(new String(checkpoint.encode(), StandardCharsets.UTF_8));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the log with this key has {@code entry} at the index. */
  public boolean proves(byte[] entry, VerifierKey key) {
    if (checkpoint.check(key) != Note.Verdict.VALID) {
      return false;
    }
    LogCheckpoint signed = LogCheckpoint.parse(checkpoint.text());
    return signed.origin().equals(key.name())
        && index < signed.size()
        && new InclusionProof(index, signed.size(), hashes).proves(Hash.leaf(entry), signed.root());
  }

  private static FarshoreException malformed(String why, @Nullable Throwable cause) {
    return new FarshoreException(TlogErrors.MALFORMED, why, Map.of(), cause);
  }
}
