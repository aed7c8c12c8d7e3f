package io.farshore.vault.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a repository. From its 32 bytes come, by HKDF-Expand (RFC 5869) with one label
 * each, the keys that name chunks, wrap data keys and vouch for signers; the secret itself is used
 * for nothing else. Whoever has it can read every backup; without it the repository is noise.
 */
public final class RepositoryKey {
  /** Length of the secret. */
  public static final int SECRET_BYTES = 32;

  private static final String HMAC = "HmacSHA256";
  private static final String LABEL = "farshore vault v1 ";

  private final SecretKeySpec chunkNames;
  private final SecretKeySpec wrapping;
  private final SecretKeySpec vouching;

  private RepositoryKey(byte[] secret) {
    chunkNames = new SecretKeySpec(expand(secret, "chunk id"), HMAC);
    wrapping = new SecretKeySpec(expand(secret, "data key wrap"), "AES");
    vouching = new SecretKeySpec(expand(secret, "authentication"), HMAC);
  }

  /**
   * @throws IllegalArgumentException unless it is {@link #SECRET_BYTES} long
   */
  public static RepositoryKey of(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("a repository key has 32 bytes");
    }
    return new RepositoryKey(secret);
  }

  /** The keyed hash that names chunks. For one thread. */
  public Mac chunkNaming() {
    return mac(chunkNames);
  }

  /** AES-256 key under which data keys are wrapped. */
  public SecretKey wrapping() {
    return wrapping;
  }

  /** HMAC-SHA-256 over a purpose and data: only a holder of the key can make it. */
  public byte[] vouch(String purpose, byte[] data) {
    Mac mac = mac(vouching);
    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return mac.doFinal(data);
  }

  /** Public name of this key, 16 hexadecimal digits; tells a wrong key from damage. */
  public String keyId() {
    return HexFormat.of().formatHex(vouch("key id", new byte[0]), 0, 8);
  }

  private static byte[] expand(byte[] secret, String label) {
    Mac mac = mac(new SecretKeySpec(secret, HMAC));
    mac.update((LABEL + label).getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 1);
    return mac.doFinal();
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
