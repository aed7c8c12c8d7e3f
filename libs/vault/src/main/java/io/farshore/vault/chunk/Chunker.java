package io.farshore.vault.chunk;

/**
 * Decides where files are cut. Backups share chunks only if equal content is cut at equal places.
 * Implementations are stateless and safe for several threads.
 */
public interface Chunker {
  /** No chunk of any repository is longer: readers refuse one that says so. */
  int CHUNK_BYTES_LIMIT = 8 << 20;

  /** Longest chunk this one makes, in bytes; at most {@link #CHUNK_BYTES_LIMIT}. */
  int chunkBytesMax();

  /**
   * Where the chunk that begins at the buffer's beginning ends.
   *
   * @param filled bytes in the buffer, at most {@link #chunkBytesMax()}
   * @param last whether the file ends with them
   * @return length of the chunk, or 0 if more bytes are needed to tell; never 0 when {@code last}
   *     or the buffer is full
   */
  int cut(byte[] buffer, int filled, boolean last);
}
