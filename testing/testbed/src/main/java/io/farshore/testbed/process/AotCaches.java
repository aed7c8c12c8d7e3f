package io.farshore.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JVM's ahead-of-time caches (JEP 483, 514): loaded and linked classes of a program, which
 * quarter its start-up. A cache fits exactly one class path and one JVM, so its name holds their
 * digest; a rebuilt program simply has none until the next training.
 */
public final class AotCaches {
  /** Enough to tell builds apart. */
  private static final int DIGEST_CHARS = 16;

  /** What to do about caches. */
  public enum Use {
    /** Use those that are there. */
    PRESENT,
    /** Use those that are there; a program without one writes it when it ends in order. */
    TRAIN,
    /** Start as if there were none. */
    NONE
  }

  private final Path directory;
  private final Use use;
  private final Set<Path> beingTrained = ConcurrentHashMap.newKeySet();

  /**
   * @param directory where caches lie
   */
  public AotCaches(Path directory, Use use) {
    this.directory = directory;
    this.use = use;
  }

  /** JVM options that use the program's cache, or write it, or neither. */
  public List<String> options(String program, List<Path> classPath) {
    if (use == Use.NONE) {
      return List.of();
    }
    Path cache = directory.resolve(program + "-" + digest(classPath) + ".aot");
    if (Files.exists(cache)) {
      return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }
    if (use == Use.TRAIN && beingTrained.add(cache)) {
      removeOlder(program);
      return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }
    return List.of();
  }

  private void removeOlder(String program) {
    try {
      Files.createDirectories(directory);
      try (var files = Files.newDirectoryStream(directory, program + "-*.aot")) {
        for (Path older : files) {
          Files.delete(older);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make room for " + program + "'s cache", e);
    }
  }

  private static String digest(List<Path> classPath) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"));
      for (Path entry : classPath) {
        text.append('\n').append(entry).append(' ').append(Files.size(entry));
        text.append(' ').append(Files.getLastModifiedTime(entry).toMillis());
      }
      digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    } catch (IOException e) {
      throw new UncheckedIOException("not built", e);
    }
  }
}
