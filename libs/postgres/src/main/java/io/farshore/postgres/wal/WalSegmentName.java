package io.farshore.postgres.wal;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a log segment file, for example {@code 0000000100000016000000B3}: timeline, and number of
 * the segment split in two.
 *
 * @param timeline the branch
 * @param number counts segments from the beginning of the log
 * @param segmentBytes size of every segment: a power of two between 1 MiB and 1 GiB
 */
public record WalSegmentName(Timeline timeline, long number, int segmentBytes) {
  /** PostgreSQL's default, 16 MiB. */
  public static final int DEFAULT_SEGMENT_BYTES = 16 << 20;

  private static final Pattern FORM = Pattern.compile("[0-9A-F]{24}");

  public WalSegmentName {
    if (Integer.bitCount(segmentBytes) != 1 || segmentBytes < 1 << 20 || segmentBytes > 1 << 30) {
      throw new IllegalArgumentException("segment size must be a power of two, 1 MiB to 1 GiB");
    }
    if (number < 0) {
      throw new IllegalArgumentException("segment number must be 0 or more");
    }
  }

  /** The segment that holds the byte at {@code lsn}. */
  public static WalSegmentName holding(Timeline timeline, Lsn lsn, int segmentBytes) {
    return new WalSegmentName(
        timeline, Long.divideUnsigned(lsn.value(), segmentBytes), segmentBytes);
  }

  /** Reads a file name; empty if it is not one of a segment. */
  public static Optional<WalSegmentName> parse(String fileName, int segmentBytes) {
    if (!FORM.matcher(fileName).matches()) {
      return Optional.empty();
    }
    long timeline = Long.parseLong(fileName, 0, 8, 16);
    long high = Long.parseLong(fileName, 8, 16, 16);
    long low = Long.parseLong(fileName, 16, 24, 16);
    if (timeline == 0 || low >= segmentsPerId(segmentBytes)) {
      return Optional.empty();
    }
    return Optional.of(
        new WalSegmentName(
            new Timeline(timeline), high * segmentsPerId(segmentBytes) + low, segmentBytes));
  }

  public String fileName() {
    return String.format(
        Locale.ROOT,
        "%08X%08X%08X",
        timeline.id(),
        number / segmentsPerId(segmentBytes),
        number % segmentsPerId(segmentBytes));
  }

  /** Position of its first byte. */
  public Lsn start() {
    return new Lsn(number * segmentBytes);
  }

  /** Position after its last byte. */
  public Lsn end() {
    return start().plusBytes(segmentBytes);
  }

  public WalSegmentName next() {
    return new WalSegmentName(timeline, number + 1, segmentBytes);
  }

  /** The middle part of the name counts 4 GiB, whatever the size of segments. */
  private static long segmentsPerId(int segmentBytes) {
    return (1L << 32) / segmentBytes;
  }
}
