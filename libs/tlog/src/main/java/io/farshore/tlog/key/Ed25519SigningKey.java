package io.farshore.tlog.key;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;

/** An Ed25519 private key with its public half. Immutable; never printed. */
public final class Ed25519SigningKey {
  private static final byte[] PROBE = "farshore".getBytes(StandardCharsets.US_ASCII);

  private final PrivateKey privateKey;
  private final Ed25519PublicKey publicKey;

  private Ed25519SigningKey(PrivateKey privateKey, Ed25519PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  public static Ed25519SigningKey generate(SecureRandom random) {
    KeyPair pair = pair(random);
    return new Ed25519SigningKey(pair.getPrivate(), Ed25519PublicKey.of(pair.getPublic()));
  }

  /**
   * @param encoded PKCS #8 (RFC 8410), as {@code openssl genpkey -algorithm ed25519 -outform DER}
   * @throws FarshoreException {@code log-format-malformed} if it is something else
   */
  public static Ed25519SigningKey fromPkcs8(byte[] encoded) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      // The JDK derives a public key only while generating a pair: let it "draw" this seed.
      Ed25519PublicKey publicKey = Ed25519PublicKey.of(pair(new FixedSeed(seed)).getPublic());
      Ed25519SigningKey signingKey = new Ed25519SigningKey(key, publicKey);
      if (!publicKey.verifies(PROBE, signingKey.sign(PROBE))) {
        throw new IllegalStateException(
            "the derived public key does not belong to the private key");
      }
      return signingKey;
    } catch (GeneralSecurityException refused) {
      throw new FarshoreException(
          TlogErrors.MALFORMED, "These bytes are no Ed25519 PKCS #8 key", Map.of(), refused);
    }
  }

  public byte[] toPkcs8() {
    return privateKey.getEncoded();
  }

  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  /** The 64-byte signature over {@code message}. */
  public byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(privateKey);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("Ed25519 is not usable on this platform", broken);
    }
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("Ed25519 is not usable on this platform", broken);
    }
  }

  /** "Draws" a given seed, once. */
  private static final class FixedSeed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;

    FixedSeed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] target) {
      if (target.length != seed.length) {
        throw new IllegalStateException("key generation asked for an unexpected amount of seed");
      }
      System.arraycopy(seed, 0, target, 0, seed.length);
    }
  }
}
