package io.farshore.quorum.transport;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.MalformedBytesException;
import java.security.MessageDigest;
import javax.crypto.spec.SecretKeySpec;

/**
 * How two members prove to each other that they know the shared secret, without showing it: each
 * side answers the other's fresh nonce with an HMAC over everything said so far. The keys of the
 * connection follow from the same words, so nothing recorded on one connection is of use on
 * another.
 *
 * <pre>
 *   caller → listener   version, group, from, to, nonce of the caller
 *   listener → caller   nonce of the listener, proof of the listener
 *   caller → listener   proof of the caller
 * </pre>
 */
final class Handshake {
  static final int VERSION = 1;
  static final int NONCE_BYTES = 32;

  /** No message of the handshake is longer. */
  static final int MESSAGE_BYTES_MAX = 512;

  private final SharedSecret secret;
  private final byte[][] transcript;

  private Handshake(SharedSecret secret, byte[][] transcript) {
    this.secret = secret;
    this.transcript = transcript;
  }

  /** The caller's opening words. */
  record Hello(String group, MemberId from, MemberId to) {
    byte[] encode(byte[] nonce) {
      return new ByteWriter()
          .byteValue(VERSION)
          .text(group)
          .text(from.value())
          .text(to.value())
          .raw(nonce)
          .toBytes();
    }

    /** Who says they are calling whom; proves nothing yet. */
    static Hello decode(byte[] message) {
      ByteReader in = new ByteReader(message);
      if (in.byteValue() != VERSION) {
        throw new MalformedBytesException("a caller of another version");
      }
      try {
        Hello hello = new Hello(in.text(), new MemberId(in.text()), new MemberId(in.text()));
        requireNonce(in.rest());
        return hello;
      } catch (IllegalArgumentException e) {
        throw new MalformedBytesException("not a member's name");
      }
    }
  }

  /** The words both sides have after the listener's nonce. */
  static Handshake of(SharedSecret secret, byte[] helloMessage, byte[] listenerNonce) {
    return new Handshake(secret, new byte[][] {helloMessage, listenerNonce});
  }

  byte[] listenerProof() {
    return secret.mac("farshore quorum listener", transcript);
  }

  byte[] callerProof() {
    return secret.mac("farshore quorum caller", transcript);
  }

  static boolean proves(byte[] expected, byte[] given) {
    return MessageDigest.isEqual(expected, given);
  }

  /** Seals what the caller sends. */
  SealedFrames callerFrames() {
    return frames("farshore quorum caller frames");
  }

  /** Seals what the listener sends. */
  SealedFrames listenerFrames() {
    return frames("farshore quorum listener frames");
  }

  private SealedFrames frames(String purpose) {
    byte[] key = secret.mac(purpose, transcript);
    return new SealedFrames(new SecretKeySpec(key, SharedSecret.ALGORITHM));
  }

  static byte[] requireNonce(byte[] nonce) {
    if (nonce.length != NONCE_BYTES) {
      throw new MalformedBytesException("a nonce has 32 bytes");
    }
    return nonce;
  }
}
