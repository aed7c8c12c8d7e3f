package io.farshore.tlog;

import java.util.Random;
import java.util.stream.Stream;

/** Seeds for tests that try many random cases; {@code -Dtlog.seed=} replays one. */
public final class Seeds {
  private Seeds() {}

  public static Stream<Long> some(int count) {
    String chosen = System.getProperty("tlog.seed");
    return chosen == null
        ? new Random(20261121).longs(count).boxed()
        : Stream.of(Long.parseLong(chosen));
  }
}
