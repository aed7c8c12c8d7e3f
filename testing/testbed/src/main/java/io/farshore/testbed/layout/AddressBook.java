package io.farshore.testbed.layout;

import io.farshore.testbed.network.Network;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which port leads to what, as seen from where. Within a site it is the server's own; from another
 * site it is a door of the network.
 */
public final class AddressBook {
  private final Ports ports;
  private final Network network;
  private final Map<Endpoint, Integer> servers = new HashMap<>();
  private final Map<View, Integer> doors = new HashMap<>();

  public AddressBook(Ports ports, Network network) {
    this.ports = ports;
    this.network = network;
  }

  /** The port on which {@code name} in {@code site} listens; the same one each time. */
  public synchronized int port(String site, String name) {
    return servers.computeIfAbsent(new Endpoint(site, name), endpoint -> ports.take());
  }

  /** The port that leads from {@code viewer} to {@code name} in {@code site}. */
  public synchronized int port(String viewer, String site, String name) throws IOException {
    if (viewer.equals(site)) {
      return port(site, name);
    }
    View view = new View(viewer, new Endpoint(site, name));
    Integer known = doors.get(view);
    if (known != null) {
      return known;
    }
    int door = ports.take();
    network.connect(viewer, door, site, port(site, name));
    doors.put(view, door);
    return door;
  }

  /** {@link #port(String, String, String)} as {@code 127.0.0.1:port}. */
  public String address(String viewer, String site, String name) throws IOException {
    return "127.0.0.1:" + port(viewer, site, name);
  }

  private record Endpoint(String site, String name) {}

  private record View(String viewer, Endpoint endpoint) {}
}
