package io.farshore.vault.copy;

import java.io.IOException;

/**
 * Tells a full disk from other failures. The JDK has no type for it: the message is the operating
 * system's own, which the JDK does not translate.
 */
public final class DiskFull {
  private DiskFull() {}

  public static boolean causedBy(IOException failure) {
    String message = failure.getMessage();
    return message != null
        && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
  }
}
