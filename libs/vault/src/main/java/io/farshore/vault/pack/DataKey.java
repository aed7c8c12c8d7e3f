package io.farshore.vault.pack;

import io.farshore.vault.key.RepositoryKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES-256-GCM key of one pack or one manifest, made for it and stored in it, wrapped by the
 * repository key.
 *
 * <p>Nonces: a data key encrypts the chunks of one pack, each under its ordinal, and the index
 * under {@link #INDEX_NONCE}; the pack is written once, so no nonce comes twice. The wrapping key
 * uses random nonces: 2^32 packs, or 256 PiB, before NIST's bound (SP 800-38D 8.3) is reached.
 */
public final class DataKey {
  /** Nonce of what a data key seals once: the index of a pack, the contents of a manifest. */
  public static final long INDEX_NONCE = -1L;

  /** What sealing adds to a length. */
  public static final int TAG_BYTES = 16;

  /** Length of the wrapped form: nonce, encrypted key, tag. */
  public static final int WRAPPED_BYTES = 12 + 32 + TAG_BYTES;

  private static final int NONCE_BYTES = 12;

  private final SecretKey key;

  private DataKey(SecretKey key) {
    this.key = key;
  }

  public static DataKey generate(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new DataKey(new SecretKeySpec(bytes, "AES"));
  }

  /** Wraps this key for storage beside what it encrypts; {@code owner} binds it to its place. */
  public byte[] wrap(RepositoryKey repositoryKey, byte[] owner, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] secret = key.getEncoded();
    byte[] sealed =
        crypt(
            Cipher.ENCRYPT_MODE, repositoryKey.wrapping(), nonce, owner, secret, 0, secret.length);
    return ByteBuffer.allocate(WRAPPED_BYTES).put(nonce).put(sealed).array();
  }

  /**
   * @throws IllegalArgumentException if it was not wrapped by this repository key for this owner
   */
  public static DataKey unwrap(RepositoryKey repositoryKey, byte[] owner, byte[] wrapped) {
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    byte[] secret =
        crypt(
            Cipher.DECRYPT_MODE,
            repositoryKey.wrapping(),
            nonce,
            owner,
            wrapped,
            NONCE_BYTES,
            wrapped.length - NONCE_BYTES);
    return new DataKey(new SecretKeySpec(secret, "AES"));
  }

  /** Encrypts and authenticates; the caller never uses a nonce twice. */
  public byte[] seal(long nonce, byte[] bound, byte[] plain, int length) {
    return crypt(Cipher.ENCRYPT_MODE, key, nonce(nonce), bound, plain, 0, length);
  }

  /**
   * @throws IllegalArgumentException if one bit of it, or of what it is bound to, was changed
   */
  public byte[] open(long nonce, byte[] bound, byte[] sealed) {
    return crypt(Cipher.DECRYPT_MODE, key, nonce(nonce), bound, sealed, 0, sealed.length);
  }

  private static byte[] nonce(long value) {
    return ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(value).array();
  }

  private static byte[] crypt(
      int mode, SecretKey key, byte[] nonce, byte[] bound, byte[] input, int offset, int length) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(bound);
      return cipher.doFinal(input, offset, length);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException("authentication failed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot be decrypted", e);
    }
  }
}
