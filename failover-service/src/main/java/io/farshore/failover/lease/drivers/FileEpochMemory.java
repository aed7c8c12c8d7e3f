package io.farshore.failover.lease.drivers;

import io.farshore.failover.lease.EpochMemory;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.DurableFiles;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One small file for each application, replaced atomically and forced to disk. */
public final class FileEpochMemory implements EpochMemory {
  /** The file is damaged: acting on a guess could let two regions write. */
  public static final ErrorCode UNREADABLE =
      ErrorCode.permanent("epoch-memory-unreadable", ErrorCategory.CORRUPT);

  public static final ErrorCode UNWRITABLE =
      ErrorCode.retryable("epoch-memory-unwritable", ErrorCategory.EXHAUSTED);

  private final Path directory;
  private final Map<ApplicationId, Epoch> known = new HashMap<>();

  private FileEpochMemory(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens a directory, which is made if absent.
   *
   * @throws FarshoreException {@link #UNREADABLE} or {@link #UNWRITABLE}
   */
  public static FileEpochMemory open(Path directory) {
    FileEpochMemory memory = new FileEpochMemory(directory);
    try {
      Files.createDirectories(directory);
      try (var files = Files.newDirectoryStream(directory, "*.epoch")) {
        for (Path file : files) {
          memory.load(file);
        }
      }
    } catch (IOException e) {
      throw failure(UNWRITABLE, "The epochs' directory cannot be used", directory, e);
    }
    return memory;
  }

  private void load(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try {
      ApplicationId application =
          new ApplicationId(name.substring(0, name.length() - ".epoch".length()));
      known.put(application, new Epoch(Long.parseLong(Files.readString(file).strip())));
    } catch (IllegalArgumentException damaged) {
      throw failure(UNREADABLE, "A remembered epoch cannot be read", file, damaged);
    }
  }

  @Override
  public synchronized Epoch newest(ApplicationId application) {
    return known.getOrDefault(application, Epoch.NONE);
  }

  @Override
  public synchronized boolean admit(ApplicationId application, Epoch epoch) {
    Epoch newest = newest(application);
    if (newest.isAfter(epoch)) {
      return false;
    }
    if (epoch.isAfter(newest)) {
      persist(application, epoch);
      known.put(application, epoch);
    }
    return true;
  }

  private void persist(ApplicationId application, Epoch epoch) {
    Path file = directory.resolve(application + ".epoch");
    try {
      DurableFiles.replace(file, (epoch + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw failure(UNWRITABLE, "An epoch cannot be remembered, so nothing is done", file, e);
    }
  }

  private static FarshoreException failure(
      ErrorCode code, String message, Path file, Exception cause) {
    return new FarshoreException(
        code,
        message,
        Map.of("file", file.toString(), "error", String.valueOf(cause.getMessage())),
        cause);
  }
}
