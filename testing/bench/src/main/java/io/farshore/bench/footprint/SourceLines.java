package io.farshore.bench.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts lines of main code that are neither empty nor only a comment. */
final class SourceLines {
  private SourceLines() {}

  static long of(Path module) throws IOException {
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .mapToLong(SourceLines::lines)
          .sum();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(String::strip).filter(SourceLines::isCode).count();
    } catch (IOException e) {
      throw new UncheckedIOException("a source file cannot be read", e);
    }
  }

  private static boolean isCode(String line) {
    boolean comment = line.startsWith("//") || line.startsWith("/*") || line.startsWith("*");
    return !line.isEmpty() && !comment;
  }
}
