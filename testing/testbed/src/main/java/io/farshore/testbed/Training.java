package io.farshore.testbed;

import java.time.Duration;

/** Starts a world once and ends it in order, so that every program writes its AOT cache. */
final class Training {
  private static final int OK = 0;

  private Training() {}

  static int run() {
    long started = System.nanoTime();
    try (World world = Testbed.regions("us-east", "eu-west").named("training").training().start()) {
      System.out.println("trained " + world.sites().size() + " sites' programs");
    }
    System.out.println(
        "caches written after " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s");
    return OK;
  }
}
