package io.farshore.tlog.verify;

import io.farshore.tlog.merkle.Hash;
import java.nio.charset.StandardCharsets;

/** One entry that was read while verifying. Immutable. */
public final class VerifiedEntry {
  private final long index;
  private final byte[] entry;

  VerifiedEntry(long index, byte[] entry) {
    this.index = index;
    this.entry = entry;
  }

  public long index() {
    return index;
  }

  public Hash leafHash() {
    return Hash.leaf(entry);
  }

  public byte[] entry() {
    return entry.clone();
  }

  /** The entry as text; what is not UTF-8 is replaced. */
  public String text() {
    return new String(entry, StandardCharsets.UTF_8);
  }
}
