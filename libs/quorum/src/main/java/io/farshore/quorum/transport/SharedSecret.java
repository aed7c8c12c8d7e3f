package io.farshore.quorum.transport;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key all members share and nobody else knows. Never shows itself. */
public final class SharedSecret {
  /** As long as the strength of HMAC-SHA-256 asks for. */
  public static final int BYTES_MIN = 32;

  static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SharedSecret(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * @param bytes at least {@link #BYTES_MIN}, from a good source of randomness
   */
  public static SharedSecret of(byte[] bytes) {
    if (bytes.length < BYTES_MIN) {
      throw new IllegalArgumentException("the members' shared secret needs at least 32 bytes");
    }
    return new SharedSecret(new SecretKeySpec(bytes, ALGORITHM));
  }

  /** The content of a secret file, surrounding white space apart. */
  public static SharedSecret ofText(String text) {
    return of(text.strip().getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC-SHA-256 over a purpose and the given parts, each with its length before it. */
  byte[] mac(String purpose, byte[]... parts) {
    Mac mac = newMac(key);
    update(mac, purpose.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      update(mac, part);
    }
    return mac.doFinal();
  }

  static Mac newMac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static void update(Mac mac, byte[] part) {
    mac.update((byte) (part.length >>> 24));
    mac.update((byte) (part.length >>> 16));
    mac.update((byte) (part.length >>> 8));
    mac.update((byte) part.length);
    mac.update(part);
  }

  @Override
  public String toString() {
    return "SharedSecret[hidden]";
  }
}
