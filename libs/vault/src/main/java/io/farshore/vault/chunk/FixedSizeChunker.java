package io.farshore.vault.chunk;

/**
 * Cuts at multiples of a fixed size. Right for database files: their pages are rewritten in place,
 * so content does not move, and no search for boundaries is paid for.
 *
 * @param chunkBytesMax a multiple of PostgreSQL's 8 KiB page
 */
public record FixedSizeChunker(int chunkBytesMax) implements Chunker {
  private static final int PAGE_BYTES = 8 << 10;

  /** 1 MiB: few enough to index (a million for a terabyte), small enough to share. */
  public static final FixedSizeChunker DEFAULT = new FixedSizeChunker(1 << 20);

  public FixedSizeChunker {
    if (chunkBytesMax < PAGE_BYTES
        || chunkBytesMax > CHUNK_BYTES_LIMIT
        || chunkBytesMax % PAGE_BYTES != 0) {
      throw new IllegalArgumentException("chunk size must be a multiple of 8 KiB, at most 8 MiB");
    }
  }

  @Override
  public int cut(byte[] buffer, int filled, boolean last) {
    return last || filled == chunkBytesMax ? filled : 0;
  }
}
