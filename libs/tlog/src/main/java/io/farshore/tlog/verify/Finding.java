package io.farshore.tlog.verify;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a log.
 *
 * @param file below the log's directory
 * @param index of the first entry concerned; absent if the finding is about no entry
 * @param problem what is wrong
 */
public record Finding(String file, @Nullable Long index, String problem) {
  /** For a person. */
  @Override
  public String toString() {
    return file + (index == null ? "" : ", entry " + index) + ": " + problem;
  }
}
