package io.farshore.tlog.tile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An immutable file of a log (C2SP tlog-tiles), identified by its path below the log's prefix. */
public sealed interface LogResource permits HashTile, EntryBundle {
  /** Hashes or entries in a full tile or bundle. */
  int WIDTH_FULL = 256;

  Pattern FORM =
      Pattern.compile(
          "tile/(?<level>entries|[0-9]|[1-5][0-9]|6[0-3])"
              + "/(?<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

  /** Which one of its kind and level, from 0. */
  long index();

  /** 1 to 256; less than 256 if partial. */
  int width();

  /** The exact path, without a leading slash. */
  String path();

  default boolean isFull() {
    return width() == WIDTH_FULL;
  }

  /** The resource with this path; empty unless the path is exactly as {@link #path()} writes it. */
  static Optional<LogResource> parse(String path) {
    Matcher matcher = FORM.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long index = Long.parseLong(matcher.group("index").replace("x", "").replace("/", ""));
    String widthText = matcher.group("width");
    int width = widthText == null ? WIDTH_FULL : Integer.parseInt(widthText);
    if (width > WIDTH_FULL || (widthText != null && width == WIDTH_FULL)) {
      return Optional.empty();
    }
    String level = matcher.group("level");
    LogResource resource =
        level.equals("entries")
            ? new EntryBundle(index, width)
            : new HashTile(Integer.parseInt(level), index, width);
    return resource.path().equals(path) ? Optional.of(resource) : Optional.empty();
  }

  /** The last part of the path: the index in groups of three digits, and the width if partial. */
  static String suffix(long index, int width) {
    if (index < 0 || width < 1 || width > WIDTH_FULL) {
      throw new IllegalArgumentException("a tile has an index and 1 to 256 hashes or entries");
    }
    String digits = String.format("%03d", index % 1000);
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits = String.format("x%03d/", rest % 1000) + digits;
    }
    return width == WIDTH_FULL ? digits : digits + ".p/" + width;
  }
}
