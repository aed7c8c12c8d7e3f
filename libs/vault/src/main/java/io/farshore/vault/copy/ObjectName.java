package io.farshore.vault.copy;

import java.util.regex.Pattern;

/**
 * The name of an object in a copy, for example {@code packs/3f/3f0c….pack}. Safe as a path in a
 * directory and as a key in an object store.
 *
 * @param value one to eight segments of {@code a-z 0-9 . -} joined by slashes; no segment begins
 *     with a dot
 */
public record ObjectName(String value) implements Comparable<ObjectName> {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,127}(/[a-z0-9][a-z0-9.-]{0,127}){0,7}");

  public ObjectName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "object name must be segments of a-z 0-9 . - joined by slashes");
    }
  }

  @Override
  public int compareTo(ObjectName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
