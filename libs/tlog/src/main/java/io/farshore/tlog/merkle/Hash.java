package io.farshore.tlog.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** A SHA-256 hash in a Merkle tree (RFC 6962 section 2.1). Immutable. */
public final class Hash {
  public static final int LENGTH_BYTES = 32;

  /** The root of a tree without entries: the hash of nothing. */
  public static final Hash EMPTY_ROOT = new Hash(sha256().digest());

  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of one entry as a leaf. */
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF_PREFIX);
    return new Hash(digest.digest(entry));
  }

  /** The hash of a node with these children. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE_PREFIX);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /**
   * The hash stored at {@code offset}.
   *
   * @throws IndexOutOfBoundsException if fewer than 32 bytes follow
   */
  public static Hash at(byte[] source, int offset) {
    return new Hash(
        Arrays.copyOfRange(
            source,
            offset,
            Objects.checkFromIndexSize(offset, LENGTH_BYTES, source.length) + LENGTH_BYTES));
  }

  /**
   * Reads the form {@link #toBase64()} writes.
   *
   * @throws IllegalArgumentException if it is not the base64 of 32 bytes
   */
  public static Hash parseBase64(String text) {
    byte[] decoded = Base64.getDecoder().decode(text);
    Hash hash = new Hash(decoded);
    if (decoded.length != LENGTH_BYTES || !hash.toBase64().equals(text)) {
      throw new IllegalArgumentException("a hash is the canonical base64 of 32 bytes");
    }
    return hash;
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Copies the hash to {@code target} at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH_BYTES);
  }

  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Hexadecimal, lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
