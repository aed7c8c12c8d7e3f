package io.farshore.vault.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The public half of a {@link SigningKey}. Safe for several threads. */
public final class SignerKey {
  private final PublicKey key;
  private final String signerId;

  private SignerKey(PublicKey key) {
    this.key = key;
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      this.signerId = HexFormat.of().formatHex(digest, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static SignerKey of(PublicKey key) {
    return new SignerKey(key);
  }

  /**
   * @param encoded X.509 SubjectPublicKeyInfo
   * @throws IllegalArgumentException if it is no Ed25519 key
   */
  public static SignerKey decode(byte[] encoded) {
    try {
      return new SignerKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /** X.509 SubjectPublicKeyInfo. */
  public byte[] encoded() {
    return key.getEncoded();
  }

  /** First half of the SHA-256 of the encoded key, 32 hexadecimal digits. */
  public String signerId() {
    return signerId;
  }

  public boolean verify(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // Not a signature at all: as invalid as a wrong one.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 verification failed", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignerKey that && Arrays.equals(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return signerId.hashCode();
  }
}
