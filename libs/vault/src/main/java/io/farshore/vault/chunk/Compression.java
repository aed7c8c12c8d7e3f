package io.farshore.vault.chunk;

/** Makes chunks smaller. An instance is for one thread; several may be open. */
public interface Compression extends AutoCloseable {
  /** Opens instances, one for each thread that compresses. */
  @FunctionalInterface
  interface Factory {
    Compression open();
  }

  /** How long the result of {@link #compress} can be at most. */
  int compressedBytesMax(int length);

  /**
   * Compresses the first {@code length} bytes of {@code source} into {@code target}.
   *
   * @param target at least {@link #compressedBytesMax} long
   * @return the length of the result
   */
  int compress(byte[] source, int length, byte[] target);

  /**
   * Decompresses into {@code length} bytes.
   *
   * @throws IllegalArgumentException if the input is malformed or of another length
   */
  byte[] decompress(byte[] source, int sourceLength, int length);

  @Override
  void close();
}
