package io.farshore.system;

import io.farshore.testbed.Testbed;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts a world and waits to be killed. */
final class WorldOwner {
  private WorldOwner() {}

  public static void main(String[] arguments) throws InterruptedException {
    Testbed.regions("us-east", "eu-west").directory(Path.of(arguments[0])).start();
    new CountDownLatch(1).await();
  }
}
