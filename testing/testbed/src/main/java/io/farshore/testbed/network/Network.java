package io.farshore.testbed.network;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All links between the sites of one world, and the proxies that make connections travel them.
 * Thread-safe.
 */
public final class Network implements AutoCloseable {
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final List<LinkProxy> proxies = new ArrayList<>();

  /** The direction from one site to another. */
  public Link link(String from, String to) {
    return links.computeIfAbsent(from + " " + to, key -> new Link(from, to));
  }

  /** Every direction that is in use. */
  public Collection<Link> links() {
    return List.copyOf(links.values());
  }

  /**
   * Opens a door at {@code door} in site {@code from} that leads to {@code target} in site {@code
   * to}. Both ports are on loopback.
   */
  public synchronized void connect(String from, int door, String to, int target)
      throws IOException {
    proxies.add(LinkProxy.open(door, target, link(from, to), link(to, from)));
  }

  /** Sets the round trip between all sites; half of it each way. */
  public void roundTrip(Duration roundTrip, Duration jitter) {
    links.values().forEach(link -> link.delay(roundTrip.dividedBy(2), jitter));
  }

  /** Cuts both directions between two sites. */
  public void cut(String one, String other) {
    link(one, other).cut();
    link(other, one).cut();
  }

  /** Cuts a site off from all others, both ways. */
  public void isolate(String site) {
    links.values().stream()
        .filter(link -> link.from().equals(site) || link.to().equals(site))
        .forEach(Link::cut);
  }

  /** Ends every cut and drip. */
  public void heal() {
    links.values().forEach(Link::heal);
  }

  @Override
  public synchronized void close() {
    proxies.forEach(LinkProxy::close);
    proxies.clear();
  }
}
