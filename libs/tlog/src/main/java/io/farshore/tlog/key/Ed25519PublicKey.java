package io.farshore.tlog.key;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** An Ed25519 public key (RFC 8032). Immutable. */
public final class Ed25519PublicKey {
  public static final int LENGTH_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  /** SubjectPublicKeyInfo of RFC 8410 up to the key itself. */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] raw;
  private final PublicKey key;

  private Ed25519PublicKey(byte[] raw, PublicKey key) {
    this.raw = raw;
    this.key = key;
  }

  /**
   * @param raw 32 bytes as in RFC 8032
   * @throws FarshoreException {@code log-format-malformed} if they encode no key
   */
  public static Ed25519PublicKey of(byte[] raw) {
    if (raw.length != LENGTH_BYTES) {
      throw new FarshoreException(TlogErrors.MALFORMED, "An Ed25519 public key has 32 bytes");
    }
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH_BYTES);
    System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, LENGTH_BYTES);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      return new Ed25519PublicKey(raw.clone(), key);
    } catch (GeneralSecurityException refused) {
      throw new FarshoreException(
          TlogErrors.MALFORMED, "These bytes are no Ed25519 public key", Map.of(), refused);
    }
  }

  static Ed25519PublicKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return of(Arrays.copyOfRange(encoded, encoded.length - LENGTH_BYTES, encoded.length));
  }

  /** The 32 bytes of RFC 8032. */
  public byte[] toBytes() {
    return raw.clone();
  }

  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException notASignature) {
      return false; // the provider's answer to bytes outside the scheme
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("Ed25519 is not usable on this platform", broken);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(raw);
  }
}
