package io.farshore.tlog.note;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** One signature line of a note. Immutable; nothing is verified yet. */
public final class NoteSignature {
  private static final String DASH = "\u2014 ";
  private static final int KEY_ID_BYTES = 4;

  private final String name;
  private final int keyId;
  private final byte[] signature;

  /**
   * @param name of the key
   * @param keyId of the key
   * @param signature as its type defines; at least one byte
   */
  public NoteSignature(String name, int keyId, byte[] signature) {
    this.name = KeyName.require(name);
    this.keyId = keyId;
    this.signature = signature.clone();
    if (signature.length == 0) {
      throw new FarshoreException(TlogErrors.MALFORMED, "A note signature has at least one byte");
    }
  }

  /** Reads a line without its newline. */
  static NoteSignature parseLine(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw malformed(line);
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(line.substring(space + 1));
    } catch (IllegalArgumentException notBase64) {
      throw malformed(line);
    }
    if (decoded.length <= KEY_ID_BYTES) {
      throw malformed(line);
    }
    NoteSignature signature =
        new NoteSignature(
            line.substring(DASH.length(), space),
            ByteBuffer.wrap(decoded).getInt(),
            Arrays.copyOfRange(decoded, KEY_ID_BYTES, decoded.length));
    if (!signature.toString().equals(line)) {
      throw malformed(line); // base64 that is not canonical
    }
    return signature;
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  public byte[] signature() {
    return signature.clone();
  }

  /** Whether the line claims to be by {@code key}. */
  public boolean claims(VerifierKey key) {
    return name.equals(key.name()) && keyId == key.keyId();
  }

  /** The line, with its newline. */
  public String toLine() {
    byte[] encoded =
        ByteBuffer.allocate(KEY_ID_BYTES + signature.length).putInt(keyId).put(signature).array();
    return DASH + name + " " + Base64.getEncoder().encodeToString(encoded) + "\n";
  }

  @Override
  public String toString() {
    String line = toLine();
    return line.substring(0, line.length() - 1);
  }

  private static FarshoreException malformed(String line) {
    return new FarshoreException(
        TlogErrors.MALFORMED, "This is no signature line of a note", Map.of("line", line));
  }
}
