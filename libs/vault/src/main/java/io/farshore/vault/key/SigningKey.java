package io.farshore.vault.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** An Ed25519 private key with which a writer signs its manifests. Safe for several threads. */
public final class SigningKey {
  /** Length of the private seed (RFC 8032). */
  public static final int SEED_BYTES = 32;

  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final SignerKey signer;

  private SigningKey(PrivateKey privateKey, SignerKey signer) {
    this.privateKey = privateKey;
    this.signer = signer;
  }

  /** The key of a 32-byte seed. */
  public static SigningKey ofSeed(byte[] seed) {
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      return new SigningKey(privateKey, publicPart(privateKey, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 seed", e);
    }
  }

  static SigningKey ofPkcs8(byte[] encoded) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      byte[] seed =
          ((EdECPrivateKey) key)
              .getBytes()
              .orElseThrow(() -> new IllegalArgumentException("the key hides its seed"));
      return ofSeed(seed);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 private key", e);
    }
  }

  /** What verifies this key's signatures. */
  public SignerKey signer() {
    return signer;
  }

  /** The 64-byte signature of a message. */
  public byte[] sign(byte[] message) {
    return sign(privateKey, message);
  }

  byte[] pkcs8() {
    return privateKey.getEncoded();
  }

  private static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 signing failed", e);
    }
  }

  /**
   * The JDK derives a public key only while it generates a pair, from the bytes its source of
   * randomness gives: here the seed. A signature by the one, verified by the other, proves that the
   * provider did so.
   */
  private static SignerKey publicPart(PrivateKey privateKey, byte[] seed)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
    SignerKey signer = SignerKey.of(generator.generateKeyPair().getPublic());
    byte[] probe = "farshore".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    if (!signer.verify(probe, sign(privateKey, probe))) {
      throw new GeneralSecurityException("public key could not be derived from the private key");
    }
    return signer;
  }

  private static final class GivenBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    GivenBytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(Arrays.copyOf(bytes, target.length), 0, target, 0, target.length);
    }
  }
}
