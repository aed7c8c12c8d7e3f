package io.farshore.tlog.journal;

import io.farshore.tlog.tile.EntryBundle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One batch of entries as it lies in a journal file: {@code "FJ01"}, first index (8 bytes), number
 * of entries (4), length of what follows (4), CRC-32C (4), then the entries as in an entry bundle.
 * The checksum begins with the file's salt, so that no entry can contain what would pass for a
 * frame.
 *
 * @param firstIndex of the batch's first entry
 * @param entries one or more
 */
record JournalFrame(long firstIndex, List<byte[]> entries) {
  private static final int MAGIC = 0x464A3031;
  private static final int HEADER_BYTES = 24;
  private static final int CHECKSUM_AT = 20;

  byte[] encode(byte[] salt) {
    byte[] payload = EntryBundle.encode(entries);
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
    frame.putInt(MAGIC).putLong(firstIndex).putInt(entries.size()).putInt(payload.length);
    frame.putInt(checksum(salt, frame.array(), payload, 0, payload.length));
    return frame.put(payload).array();
  }

  /** The frame that begins at {@code at}, if a whole and sound one does. */
  static Optional<Located> decode(byte[] salt, byte[] file, int at) {
    if (file.length - at < HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(file, at, HEADER_BYTES);
    if (header.getInt() != MAGIC) {
      return Optional.empty();
    }
    long firstIndex = header.getLong();
    int count = header.getInt();
    int length = header.getInt();
    int checksum = header.getInt();
    if (length < 0 || length > file.length - at - HEADER_BYTES) {
      return Optional.empty();
    }
    byte[] fields = new byte[HEADER_BYTES];
    System.arraycopy(file, at, fields, 0, HEADER_BYTES);
    if (checksum != checksum(salt, fields, file, at + HEADER_BYTES, length)) {
      return Optional.empty();
    }
    byte[] payload = new byte[length];
    System.arraycopy(file, at + HEADER_BYTES, payload, 0, length);
    return Optional.of(
        new Located(
            new JournalFrame(firstIndex, EntryBundle.decode(payload, count)),
            at + HEADER_BYTES + length));
  }

  /**
   * @param frame what was found
   * @param end where the next one begins
   */
  record Located(JournalFrame frame, int end) {}

  private static int checksum(byte[] salt, byte[] header, byte[] payload, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(salt);
    crc.update(header, 0, CHECKSUM_AT);
    crc.update(payload, from, length);
    return (int) crc.getValue();
  }
}
