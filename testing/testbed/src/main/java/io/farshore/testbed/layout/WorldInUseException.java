package io.farshore.testbed.layout;

import java.nio.file.Path;

/** A living process holds the world's directory. */
public final class WorldInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorldInUseException(Path directory) {
    super("another world is running in " + directory + "; end it first (./farshore down)");
  }
}
