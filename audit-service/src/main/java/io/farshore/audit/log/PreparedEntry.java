package io.farshore.audit.log;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.tile.EntryBundle;
import java.util.Map;

/** An entry and the id it is known by. Immutable. */
public final class PreparedEntry {
  private final String id;
  private final byte[] entry;

  /**
   * @throws FarshoreException {@code log-entry-too-large}
   */
  public PreparedEntry(String id, byte[] entry) {
    if (entry.length > EntryBundle.ENTRY_BYTES_MAX) {
      throw new FarshoreException(
          TlogErrors.ENTRY_TOO_LARGE,
          "An entry has at most 65,535 bytes",
          Map.of("bytes", Integer.toString(entry.length)));
    }
    this.id = id;
    this.entry = entry.clone();
  }

  public String id() {
    return id;
  }

  int lengthBytes() {
    return entry.length;
  }

  public byte[] entry() {
    return entry.clone();
  }
}
