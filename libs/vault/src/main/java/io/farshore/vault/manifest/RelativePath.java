package io.farshore.vault.manifest;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.util.Map;

/** The one rule for paths in manifests: they cannot leave the directory they are restored to. */
public final class RelativePath {
  /** Longest path PostgreSQL itself can open, MAXPGPATH. */
  public static final int PATH_CHARS_MAX = 1_024;

  private RelativePath() {}

  /**
   * Answers the path if it is made of plain segments: none empty, {@code .} or {@code ..}, and no
   * backslash or control character anywhere.
   *
   * @throws FarshoreException {@link VaultErrors#PATH_REFUSED} otherwise
   */
  public static String require(String path) {
    if (path.length() > PATH_CHARS_MAX
        || path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7f)) {
      throw refused(path);
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw refused(path);
      }
    }
    return path;
  }

  private static FarshoreException refused(String path) {
    return new FarshoreException(
        VaultErrors.PATH_REFUSED,
        "Path is not a plain relative one",
        Map.of("path", path.length() > 200 ? path.substring(0, 200) + "…" : path));
  }
}
