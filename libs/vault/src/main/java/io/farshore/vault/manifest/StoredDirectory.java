package io.farshore.vault.manifest;

/**
 * A directory of a recovery point, named so that empty ones come back too.
 *
 * @param path relative, see {@link RelativePath}
 * @param mode permission bits, for example 0700
 */
public record StoredDirectory(String path, int mode) {
  public StoredDirectory {
    RelativePath.require(path);
  }
}
