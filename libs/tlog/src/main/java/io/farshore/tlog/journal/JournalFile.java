package io.farshore.tlog.journal;

import io.farshore.tlog.disk.LogDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A journal file that batches are appended to. It begins with a name of the format, a random salt
 * and their CRC-32C. A file is written by the process that created it and by no later one. Not
 * thread-safe.
 */
public final class JournalFile implements Closeable {
  static final byte[] FORMAT = "farshore-journal-1\n".getBytes(StandardCharsets.US_ASCII);
  static final int SALT_BYTES = 16;
  static final int HEADER_BYTES = FORMAT.length + SALT_BYTES + Integer.BYTES;

  private final LogDisk.WritableFile file;
  private final byte[] salt;
  private final Path path;
  private long length = HEADER_BYTES;

  private JournalFile(LogDisk.WritableFile file, byte[] salt, Path path) {
    this.file = file;
    this.salt = salt;
    this.path = path;
  }

  /**
   * Creates the file for entries from {@code firstIndex} on; durable when it returns.
   *
   * @param salt 16 random bytes
   */
  static JournalFile create(LogDisk disk, Path directory, long firstIndex, byte[] salt)
      throws IOException {
    Path path = directory.resolve(String.format("%019d.journal", firstIndex));
    LogDisk.WritableFile file = disk.create(path);
    try {
      file.write(header(salt));
      file.sync();
      disk.syncDirectory(directory);
      return new JournalFile(file, salt, path);
    } catch (IOException | RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  /** Appends a batch; durable when it returns. */
  public void append(long firstIndex, List<byte[]> entries) throws IOException {
    byte[] frame = new JournalFrame(firstIndex, entries).encode(salt);
    file.write(frame);
    file.sync();
    length += frame.length;
  }

  public long lengthBytes() {
    return length;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  static boolean hasHeader(byte[] content) {
    return content.length >= HEADER_BYTES
        && Arrays.equals(header(salt(content)), 0, HEADER_BYTES, content, 0, HEADER_BYTES);
  }

  static byte[] salt(byte[] content) {
    return Arrays.copyOfRange(content, FORMAT.length, FORMAT.length + SALT_BYTES);
  }

  private static byte[] header(byte[] salt) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).put(salt);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, FORMAT.length + SALT_BYTES);
    return header.putInt((int) crc.getValue()).array();
  }
}
