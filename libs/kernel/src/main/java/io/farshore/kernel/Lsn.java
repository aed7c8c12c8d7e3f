package io.farshore.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's write-ahead log, in bytes from its beginning. Comparable only within
 * one {@link Timeline}.
 *
 * @param value unsigned 64-bit
 */
public record Lsn(long value) implements Comparable<Lsn> {
  /** PostgreSQL's "invalid" position: nothing known. */
  public static final Lsn ZERO = new Lsn(0);

  private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}");

  /**
   * Parses PostgreSQL's text form, for example {@code 16/B374D848}.
   *
   * @throws IllegalArgumentException if the text is not two hexadecimal numbers joined by a slash
   */
  public static Lsn parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("LSN must look like 16/B374D848");
    }
    int slash = text.indexOf('/');
    long high = Long.parseLong(text, 0, slash, 16);
    long low = Long.parseLong(text, slash + 1, text.length(), 16);
    return new Lsn((high << 32) | low);
  }

  public boolean isAfter(Lsn other) {
    return compareTo(other) > 0;
  }

  /**
   * Bytes of log between {@code earlier} and this position; negative if {@code earlier} is later.
   */
  public long bytesSince(Lsn earlier) {
    return value - earlier.value;
  }

  public Lsn plusBytes(long bytes) {
    return new Lsn(value + bytes);
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT)
        + "/"
        + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
  }
}
