package io.farshore.quorum.transport;

import io.farshore.quorum.wire.MalformedBytesException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of one connection: every frame ends with an HMAC over its number and content, so a
 * frame that was changed, repeated, left out or moved is noticed. Not thread-safe.
 */
final class SealedFrames {
  static final int SEAL_BYTES = 32;

  private final Mac mac;
  private long number;

  SealedFrames(SecretKeySpec key) {
    this.mac = SharedSecret.newMac(key);
  }

  byte[] seal(byte[] content) {
    byte[] sealed = Arrays.copyOf(content, content.length + SEAL_BYTES);
    byte[] seal = next(content, content.length);
    System.arraycopy(seal, 0, sealed, content.length, SEAL_BYTES);
    return sealed;
  }

  /**
   * @throws MalformedBytesException if this is not the next frame of this direction
   */
  byte[] unseal(byte[] sealed) {
    int length = sealed.length - SEAL_BYTES;
    if (length < 0) {
      throw new MalformedBytesException("a frame without a seal");
    }
    byte[] seal = Arrays.copyOfRange(sealed, length, sealed.length);
    if (!MessageDigest.isEqual(next(sealed, length), seal)) {
      throw new MalformedBytesException("a frame with a wrong seal");
    }
    return Arrays.copyOf(sealed, length);
  }

  private byte[] next(byte[] content, int length) {
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number++).flip());
    mac.update(content, 0, length);
    return mac.doFinal();
  }
}
