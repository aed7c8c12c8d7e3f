package io.farshore.vault.repository;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a golden repository into a directory: {@code java … GoldenWriter DIR}. */
final class GoldenWriter {
  private GoldenWriter() {}

  public static void main(String[] arguments) throws IOException {
    RepositoryGoldenTest.write(Path.of(arguments[0]));
  }
}
