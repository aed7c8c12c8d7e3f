package io.farshore.tlog.note;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.key.Ed25519PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * A named public key that signs notes: all that an outsider must trust.
 *
 * @param name who signs; for a log, its origin
 * @param type what is signed
 * @param publicKey the key
 */
public record VerifierKey(String name, SignatureType type, Ed25519PublicKey publicKey) {
  private static final int KEY_ID_DIGITS = 8;

  public VerifierKey {
    KeyName.require(name);
  }

  /**
   * Reads a vkey: {@code <name>+<key id>+<base64 of type and key>}.
   *
   * @throws FarshoreException {@code log-format-malformed}, saying which part is wrong
   */
  public static VerifierKey parse(String vkey) {
    String text = vkey.strip();
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || parts[1].length() != KEY_ID_DIGITS) {
      throw malformed("A verifier key looks like name+01234567+base64", text);
    }
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException notBase64) {
      throw malformed("The last part of a verifier key is base64", text);
    }
    if (encoded.length != 1 + Ed25519PublicKey.LENGTH_BYTES) {
      throw malformed("The verifier key is not an Ed25519 key", text);
    }
    SignatureType type =
        Arrays.stream(SignatureType.values())
            .filter(known -> known.code() == encoded[0])
            .findFirst()
            .orElseThrow(() -> malformed("The verifier key has an unknown type", text));
    Ed25519PublicKey publicKey =
        Ed25519PublicKey.of(Arrays.copyOfRange(encoded, 1, encoded.length));
    VerifierKey key = new VerifierKey(parts[0], type, publicKey);
    if (!key.hexKeyId().equals(parts[1])) {
      throw malformed("The verifier key's id does not belong to its name and key", text);
    }
    return key;
  }

  /** The first four bytes of SHA-256(name, newline, type, key), big-endian. */
  public int keyId() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      digest.update(type.code());
      return ByteBuffer.wrap(digest.digest(publicKey.toBytes())).getInt();
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }

  /** The vkey that {@link #parse} reads. */
  @Override
  public String toString() {
    byte[] encoded = new byte[1 + Ed25519PublicKey.LENGTH_BYTES];
    encoded[0] = type.code();
    System.arraycopy(publicKey.toBytes(), 0, encoded, 1, Ed25519PublicKey.LENGTH_BYTES);
    return name + "+" + hexKeyId() + "+" + Base64.getEncoder().encodeToString(encoded);
  }

  private String hexKeyId() {
    return HexFormat.of().toHexDigits(keyId());
  }

  private static FarshoreException malformed(String why, String text) {
    return new FarshoreException(TlogErrors.MALFORMED, why, Map.of("vkey", text));
  }
}
