package io.farshore.vault.copy;

import java.util.regex.Pattern;

/**
 * One copy of the repository.
 *
 * @param name unique among the copies; what reports and errors call it
 * @param store where it lies
 * @param required whether a backup run counts as completed only if this copy is complete
 */
public record Copy(String name, CopyStore store, boolean required) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public Copy {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a copy's name is a DNS label");
    }
  }
}
