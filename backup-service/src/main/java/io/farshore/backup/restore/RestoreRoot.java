package io.farshore.backup.restore;

import io.farshore.backup.BackupErrors;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one directory below which restores are allowed. */
public final class RestoreRoot {
  private final Path root;

  public RestoreRoot(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The directory a request names, relative to the root or absolute below it.
   *
   * @throws FarshoreException {@link BackupErrors#DIRECTORY_REFUSED} if it leads elsewhere, also
   *     through a symbolic link
   */
  public Path resolve(String directory) {
    try {
      Path path = root.resolve(directory).normalize();
      boolean hidden = String.valueOf(path.getFileName()).startsWith(".");
      if (!path.startsWith(root) || path.equals(root) || hidden || leavesByLink(path)) {
        throw refused(directory);
      }
      return path;
    } catch (InvalidPathException e) {
      throw refused(directory);
    } catch (IOException e) {
      throw new FarshoreException(
          BackupErrors.DIRECTORY_REFUSED,
          "The restore root cannot be read",
          Map.of("root", root.toString()),
          e);
    }
  }

  /** Compares the real place of the nearest parent that exists with the root's. */
  private boolean leavesByLink(Path path) throws IOException {
    Files.createDirectories(root);
    @Nullable Path existing = path;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing == null || !existing.toRealPath().startsWith(root.toRealPath());
  }

  private FarshoreException refused(String directory) {
    return new FarshoreException(
        BackupErrors.DIRECTORY_REFUSED,
        "The directory must lie below the restore root, and its name not begin with a dot",
        Map.of("directory", directory, "root", root.toString()));
  }
}
