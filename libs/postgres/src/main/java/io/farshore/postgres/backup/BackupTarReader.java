package io.farshore.postgres.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.postgres.PostgresErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar archives as PostgreSQL writes them: ustar headers (POSIX.1-1988), sizes past 8 GiB in
 * base 256. Not for use by several threads.
 */
public final class BackupTarReader {
  private static final int BLOCK = 512;

  private final InputStream archive;
  private final @Nullable Tablespace tablespace;
  private final byte[] header = new byte[BLOCK];
  private long contentLeft;
  private int padding;

  /**
   * @param archive content of a {@link BackupArchive}
   * @param tablespace whose files it holds; absent for the data directory
   */
  public BackupTarReader(InputStream archive, @Nullable Tablespace tablespace) {
    this.archive = archive;
    this.tablespace = tablespace;
  }

  /**
   * The next entry; what was left unread of the one before is skipped.
   *
   * @throws FarshoreException {@link PostgresErrors#PROTOCOL} if the archive is not one PostgreSQL
   *     writes, or ends early
   */
  public Optional<BackupEntry> next() throws IOException {
    try {
      archive.skipNBytes(contentLeft + padding);
      contentLeft = 0;
      padding = 0;
      if (archive.readNBytes(header, 0, BLOCK) != BLOCK) {
        throw damaged("ends early");
      }
    } catch (EOFException e) {
      throw damaged("ends early");
    }
    if (header[0] == 0) {
      archive.transferTo(OutputStream.nullOutputStream());
      return Optional.empty(); // blocks of zeros end the archive
    }
    if (number(148, 8) != checksum()) {
      throw damaged("header checksum differs");
    }
    return Optional.of(entry());
  }

  /** Content of the present entry. */
  public InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (contentLeft == 0) {
          return -1;
        }
        int count = archive.read(target, offset, (int) Math.min(length, contentLeft));
        if (count < 0) {
          throw damaged("ends early");
        }
        contentLeft -= count;
        return count;
      }
    };
  }

  private BackupEntry entry() {
    long size = number(124, 12);
    String prefix = text(345, 155);
    String name = prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    BackupEntry.Kind kind =
        switch (header[156]) {
          case '0', 0 -> BackupEntry.Kind.FILE;
          case '2' -> BackupEntry.Kind.SYMBOLIC_LINK;
          case '5' -> BackupEntry.Kind.DIRECTORY;
          default -> throw damaged("entry of unknown type");
        };
    contentLeft = kind == BackupEntry.Kind.FILE ? size : 0;
    padding = (int) (-contentLeft & (BLOCK - 1));
    return new BackupEntry(
        tablespace,
        relative(name),
        kind,
        (int) number(100, 8) & 0xFFF,
        contentLeft,
        Instant.ofEpochSecond(number(136, 12)),
        kind == BackupEntry.Kind.SYMBOLIC_LINK ? text(157, 100) : null);
  }

  /** Names stay inside the directory they are unpacked into. */
  private static String relative(String name) {
    String trimmed = name.startsWith("./") ? name.substring(2) : name;
    trimmed = trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    for (String part : trimmed.split("/", -1)) {
      if (part.equals("..") || (part.isEmpty() && !trimmed.isEmpty())) {
        throw damaged("entry name leaves its directory");
      }
    }
    return trimmed;
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  /** Octal digits, or base 256 if the first bit is set (as GNU tar and PostgreSQL do). */
  private long number(int offset, int length) {
    long value = 0;
    if ((header[offset] & 0x80) != 0) {
      for (int i = offset + 1; i < offset + length; i++) {
        value = (value << 8) | (header[i] & 0xFF);
      }
    } else {
      for (int i = offset; i < offset + length && header[i] >= '0' && header[i] <= '7'; i++) {
        value = value * 8 + header[i] - '0';
      }
    }
    if (value < 0) {
      throw damaged("number out of range");
    }
    return value;
  }

  /** Sum of the header's bytes, those of the checksum itself taken as blanks. */
  private long checksum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static FarshoreException damaged(String reason) {
    return new FarshoreException(
        PostgresErrors.PROTOCOL, "archive of a base backup is damaged", Map.of("reason", reason));
  }
}
