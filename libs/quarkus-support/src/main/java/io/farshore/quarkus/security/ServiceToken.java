package io.farshore.quarkus.security;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This service's bearer token for calls to others, read from a file and read again when the file
 * changes, so that tokens can be replaced without a restart. Thread-safe.
 */
public final class ServiceToken implements Supplier<String> {
  public static final ErrorCode TOKEN_UNUSABLE =
      ErrorCode.retryable("service-token-unusable", ErrorCategory.UNAVAILABLE);

  /** A JWT of a service with a few claims is about 1 KiB. */
  private static final long TOKEN_BYTES_MAX = 16 * 1024;

  private static final Set<PosixFilePermission> TOO_OPEN =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final Path file;
  private @Nullable Loaded loaded;

  private record Loaded(FileTime modified, long size, String token) {}

  /** Does not read the file yet. */
  public ServiceToken(Path file) {
    this.file = file;
  }

  /**
   * The token as the file has it now.
   *
   * @throws FarshoreException {@code service-token-unusable}, if the file cannot be read, is empty,
   *     or can be read by everyone
   */
  @Override
  public synchronized String get() {
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      if (loaded == null || !loaded.modified.equals(modified) || loaded.size != size) {
        loaded = new Loaded(modified, size, read(size));
      }
      return loaded.token;
    } catch (IOException e) {
      throw unusable("The service token's file cannot be read", e);
    }
  }

  private String read(long size) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
      throw unusable("The service token's file can be read by everyone: chmod 600 it", null);
    }
    if (size > TOKEN_BYTES_MAX) {
      throw unusable("The service token's file is too long to be a token", null);
    }
    String token = Files.readString(file).strip();
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw unusable("The service token's file does not hold one token", null);
    }
    return token;
  }

  private FarshoreException unusable(String message, @Nullable Exception cause) {
    return new FarshoreException(
        TOKEN_UNUSABLE,
        message,
        Map.of("property", "farshore.service-token-file", "file", file.toString()),
        cause);
  }
}
