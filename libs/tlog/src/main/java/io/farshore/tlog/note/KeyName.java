package io.farshore.tlog.note;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;

/** The one rule for names of keys and origins of logs. */
final class KeyName {
  private static final int LENGTH_MAX = 255; // what cosigned structures have room for

  private KeyName() {}

  static String require(String name) {
    boolean legal =
        !name.isEmpty()
            && name.length() <= LENGTH_MAX
            && name.codePoints()
                .noneMatch(
                    c ->
                        c == '+'
                            || Character.isSpaceChar(c)
                            || Character.isWhitespace(c)
                            || Character.isISOControl(c)
                            || Character.getType(c) == Character.SURROGATE);
    if (!legal) {
      throw new FarshoreException(
          TlogErrors.MALFORMED,
          "A key name has 1 to 255 characters, none of them a space, a control or a plus sign");
    }
    return name;
  }
}
