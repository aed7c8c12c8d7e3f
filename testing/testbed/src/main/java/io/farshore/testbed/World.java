package io.farshore.testbed;

import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.identity.WorldIdentity;
import io.farshore.testbed.identity.WorldKeys;
import io.farshore.testbed.layout.AddressBook;
import io.farshore.testbed.layout.WorldDirectory;
import io.farshore.testbed.network.Network;
import io.farshore.testbed.process.AotCaches;
import io.farshore.testbed.process.WorldProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running world. Thread-safe. Closing it ends every process; what they wrote stays until the
 * directory is used again.
 */
public final class World implements AutoCloseable {
  private final WorldPlan plan;
  private final WorldDirectory directory;
  private final Network network;
  private final AddressBook addresses;
  private final WorldIdentity identity;
  private final WorldKeys keys;
  private final Map<String, Site> sites;
  private final Thread atExit = new Thread(this::killAll, "world-end");
  private boolean closed;

  World(
      WorldPlan plan,
      WorldDirectory directory,
      Network network,
      AddressBook addresses,
      WorldIdentity identity,
      WorldKeys keys,
      Map<String, Site> sites) {
    this.plan = plan;
    this.directory = directory;
    this.network = network;
    this.addresses = addresses;
    this.identity = identity;
    this.keys = keys;
    this.sites = sites;
    // The processes are tethered and would die anyway; this ends them before the prompt returns.
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The protected application: {@code ledger}. */
  public String application() {
    return WorldPlan.APPLICATION;
  }

  /** Names of the regions; the first is the application's home. */
  public List<String> regions() {
    return plan.regions();
  }

  public Site home() {
    return site(plan.home());
  }

  public Site region(String name) {
    return site(name);
  }

  public Site witness() {
    return site(plan.witness());
  }

  public Collection<Site> sites() {
    return sites.values();
  }

  private Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new IllegalArgumentException("no site " + name);
    }
    return site;
  }

  /** Faults between sites. */
  public Network network() {
    return network;
  }

  public WorldIdentity identity() {
    return identity;
  }

  public WorldKeys keys() {
    return keys;
  }

  public Path directory() {
    return directory.path();
  }

  /** Where something answers, from within its own site; for example {@code gateway}. */
  public URI uri(String site, String name) {
    return URI.create("http://127.0.0.1:" + addresses.port(site, name));
  }

  /** Where something answers as seen from another site, over the network with its faults. */
  public URI uri(String viewer, String site, String name) {
    try {
      return URI.create("http://" + addresses.address(viewer, site, name));
    } catch (IOException e) {
      throw new UncheckedIOException("no door could be opened", e);
    }
  }

  /** A client with the token of a person that has only this role. */
  public FarshoreClient client(String role) {
    try {
      return new FarshoreClient(this, identity.token(role));
    } catch (IOException e) {
      throw new UncheckedIOException("no token", e);
    }
  }

  /** Ends every process and lets go of the directory. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (plan.aotCaches() == AotCaches.Use.TRAIN) {
      stopServices();
    }
    killAll();
    network.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      return;
    } finally {
      release();
    }
  }

  /** A program writes its AOT cache only when it ends in order. */
  private void stopServices() {
    List<Runnable> stops = new ArrayList<>();
    for (Site site : sites()) {
      for (WorldProcess process : site.processes()) {
        if (!process.name().endsWith("-database")) {
          stops.add(process::stop);
        }
      }
    }
    Together.run(stops);
  }

  private void killAll() {
    Together.run(sites().stream().<Runnable>map(site -> site::kill).toList());
  }

  private void release() {
    try {
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the world's directory could not be released", e);
    }
  }

  /** The process of this name in this site, if there is one. */
  public Optional<WorldProcess> find(String site, String process) {
    return site(site).processes().stream().filter(each -> each.name().equals(process)).findFirst();
  }
}
