package io.farshore.tlog.tile;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A run of entries.
 *
 * @param index of the bundle; it begins with entry {@code index * 256}
 * @param width how many entries
 */
public record EntryBundle(long index, int width) implements LogResource {
  /** An entry's length is written in two bytes. */
  public static final int ENTRY_BYTES_MAX = 65_535;

  private static final int LENGTH_BYTES = 2;

  @Override
  public String path() {
    return "tile/entries/" + LogResource.suffix(index, width);
  }

  /** The bundle as it is in a tree of {@code size} entries, which reaches it. */
  public static EntryBundle in(long size, long index) {
    return new EntryBundle(index, (int) Math.min(size - index * WIDTH_FULL, WIDTH_FULL));
  }

  /** Each entry after its length, big-endian. */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > ENTRY_BYTES_MAX) {
        throw new FarshoreException(
            TlogErrors.ENTRY_TOO_LARGE,
            "An entry has at most 65,535 bytes",
            Map.of("bytes", Integer.toString(entry.length)));
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /**
   * The first {@code count} entries of an encoded bundle that may hold more.
   *
   * @throws FarshoreException {@code log-format-malformed} if it holds fewer, or ends within one
   */
  public static List<byte[]> decode(byte[] encoded, int count) {
    List<byte[]> entries = new ArrayList<>(count);
    int at = 0;
    while (at < encoded.length) {
      if (encoded.length - at < LENGTH_BYTES) {
        throw torn();
      }
      int length = (encoded[at] & 0xFF) << 8 | (encoded[at + 1] & 0xFF);
      at += LENGTH_BYTES;
      if (encoded.length - at < length) {
        throw torn();
      }
      entries.add(Arrays.copyOfRange(encoded, at, at + length));
      at += length;
    }
    if (entries.size() < count) {
      throw new FarshoreException(
          TlogErrors.MALFORMED,
          "The entry bundle holds fewer entries than its place in the log asks for",
          Map.of("entries", Integer.toString(entries.size()), "wanted", Integer.toString(count)));
    }
    return entries.subList(0, count);
  }

  private static FarshoreException torn() {
    return new FarshoreException(TlogErrors.MALFORMED, "The entry bundle ends within an entry");
  }
}
