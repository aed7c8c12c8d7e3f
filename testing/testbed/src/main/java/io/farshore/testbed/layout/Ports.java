package io.farshore.testbed.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Finds ports that nobody listens on. They lie below the range from which systems number outgoing
 * connections, so that a port stays free while its server is down.
 */
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private int next;

  /** Begins at a random place, so that two worlds starting together rarely meet. */
  public Ports(RandomGenerator random) {
    next = random.nextInt(LOWEST, HIGHEST);
  }

  /** A free port, never the same twice until all have been tried. */
  public synchronized int take() {
    for (int tried = 0; tried < HIGHEST - LOWEST; tried++) {
      int candidate = next;
      next = candidate + 1 == HIGHEST ? LOWEST : candidate + 1;
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
