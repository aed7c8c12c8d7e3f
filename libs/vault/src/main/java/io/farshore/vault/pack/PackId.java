package io.farshore.vault.pack;

import io.farshore.vault.copy.ObjectName;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random name of a pack.
 *
 * @param hex 32 hexadecimal digits
 */
public record PackId(String hex) {
  /** Folder of all packs in a copy. */
  public static final String FOLDER = "packs";

  static final int BYTES = 16;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern OBJECT = Pattern.compile("packs/[0-9a-f]{2}/([0-9a-f]{32})\\.pack");

  public PackId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a pack id has 32 hexadecimal digits");
    }
  }

  public static PackId random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new PackId(HexFormat.of().formatHex(bytes));
  }

  /** The pack an object holds, or empty if the object is no pack. */
  public static Optional<PackId> of(ObjectName object) {
    Matcher matcher = OBJECT.matcher(object.value());
    return matcher.matches() ? Optional.of(new PackId(matcher.group(1))) : Optional.empty();
  }

  /** Where the pack lies; the first two digits spread the packs over 256 folders. */
  public ObjectName object() {
    return new ObjectName(FOLDER + "/" + hex.substring(0, 2) + "/" + hex + ".pack");
  }

  byte[] toBytes() {
    return HexFormat.of().parseHex(hex);
  }
}
