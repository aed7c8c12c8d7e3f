package io.farshore.cli.output;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers with units, for people. */
public final class Quantities {
  private static final String UNKNOWN = "unknown";
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Quantities() {}

  public static String bytes(@Nullable Long bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  public static String duration(@Nullable Duration duration) {
    if (duration == null) {
      return UNKNOWN;
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return duration
        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
        .toString()
        .substring(2)
        .toLowerCase(Locale.ROOT);
  }
}
