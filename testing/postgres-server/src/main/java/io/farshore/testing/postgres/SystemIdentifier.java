package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Gives a copied, cleanly stopped cluster an identity of its own, as {@code pg_createsubscriber}
 * does: unrelated clusters must not pass for one another.
 */
final class SystemIdentifier {
  /** {@code xlp_sysid} in the long header that begins every log segment. */
  private static final int OFFSET_IN_SEGMENT = 24;

  private SystemIdentifier() {}

  static void change(Path dataDirectory, long identifier) throws IOException {
    changeControlFile(dataDirectory.resolve("global/pg_control"), identifier);
    for (Path segment : segments(dataDirectory.resolve("pg_wal"))) {
      byte[] content = Files.readAllBytes(segment);
      littleEndian(content).putLong(OFFSET_IN_SEGMENT, identifier);
      Files.write(segment, content);
    }
  }

  private static void changeControlFile(Path file, long identifier) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int checksumAt = checksumOffset(content);
    littleEndian(content).putLong(0, identifier);
    littleEndian(content).putInt(checksumAt, checksum(content, checksumAt));
    Files.write(file, content);
  }

  /** The checksum ends the structure, whose length differs between versions: find where it fits. */
  private static int checksumOffset(byte[] control) {
    for (int offset = Long.BYTES; offset + Integer.BYTES <= control.length; offset += 4) {
      if (littleEndian(control).getInt(offset) == checksum(control, offset)) {
        return offset;
      }
    }
    throw new PostgresServerException("control file of the template has no valid checksum");
  }

  private static int checksum(byte[] content, int length) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, length);
    return (int) crc.getValue();
  }

  private static ByteBuffer littleEndian(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Path> segments(Path wal) throws IOException {
    try (Stream<Path> files = Files.list(wal)) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}")).toList();
    }
  }
}
