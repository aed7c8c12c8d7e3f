package io.farshore.testbed;

import io.farshore.testbed.Testbed.Progress;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.database.ApplicationDatabase;
import io.farshore.testbed.database.DatabaseRoles;
import io.farshore.testbed.database.DatabaseRoles.Login;
import io.farshore.testbed.database.DatabaseSettings;
import io.farshore.testbed.identity.WorldIdentity;
import io.farshore.testbed.identity.WorldKeys;
import io.farshore.testbed.layout.AddressBook;
import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.layout.Ports;
import io.farshore.testbed.layout.ServiceConfiguration;
import io.farshore.testbed.layout.WorldDirectory;
import io.farshore.testbed.network.Network;
import io.farshore.testbed.process.AotCaches;
import io.farshore.testbed.process.PostgresProcess;
import io.farshore.testbed.process.WorldProcess;
import io.farshore.testing.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Builds one world: files first, then processes, then the declaration of the application. */
final class WorldConstruction {
  /** Generous: two busy cores may start fifteen programs without caches. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private final WorldPlan plan;
  private final Progress progress;
  private final WorldDirectory directory;
  private final Network network = new Network();
  private final AddressBook addresses = new AddressBook(new Ports(new SecureRandom()), network);
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final WorldIdentity identity;
  private final WorldKeys keys;
  private final DatabaseRoles roles;
  private final ApplicationDatabase database;
  private final ServicePrograms programs;
  private final Login ownDatabase;

  /** One for all copies: a standby has its primary's roles. */
  private final String superPassword;

  private WorldConstruction(
      Installation installation, WorldPlan plan, Progress progress, WorldDirectory directory)
      throws IOException {
    this.plan = plan;
    this.progress = progress;
    this.directory = directory;
    identity = new WorldIdentity(directory.directory("identity"));
    keys = new WorldKeys(directory.directory("keys"));
    roles = DatabaseRoles.of(WorldPlan.APPLICATION, identity);
    database = new ApplicationDatabase(WorldPlan.APPLICATION, roles);
    superPassword = identity.newPassword();
    ownDatabase = new Login("farshore_services", identity.newPassword());
    Login broker = new Login("farshore", identity.newPassword());
    AotCaches caches = new AotCaches(installation.workDirectory().resolve("aot"), plan.aotCaches());
    ServiceConfiguration configuration =
        new ServiceConfiguration(
            WorldPlan.APPLICATION,
            plan.regions(),
            plan.witness(),
            addresses,
            identity,
            keys,
            roles,
            broker,
            ownDatabase);
    programs =
        new ServicePrograms(installation, directory, addresses, configuration, caches, broker);
  }

  static World build(Installation installation, WorldPlan plan, Progress progress) {
    try {
      WorldDirectory directory = WorldDirectory.take(plan.directory());
      try {
        return new WorldConstruction(installation, plan, progress, directory).build();
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the world's files could not be written", e);
    }
  }

  private World build() throws IOException {
    plan.sites().forEach(name -> sites.put(name, new Site(name)));
    for (String region : plan.regions()) {
      addDatabases(region);
    }
    for (Site site : sites.values()) {
      boolean whole = plan.regions().contains(site.name()) && !plan.failoverOnly();
      (whole ? programs.region(site.name(), plan.regions()) : programs.member(site.name()))
          .forEach(site::add);
    }
    network.roundTrip(plan.roundTrip(), Duration.ZERO);
    World world = new World(plan, directory, network, addresses, identity, keys, sites);
    try {
      start();
      protect(world);
      WorldFile.write(world);
      return world;
    } catch (IOException | RuntimeException e) {
      world.close();
      throw e;
    }
  }

  private void addDatabases(String region) throws IOException {
    String name = WorldPlan.APPLICATION + "-database";
    site(region)
        .add(
            database.process(
                region,
                directory.directory(region, name),
                addresses.port(region, name),
                superPassword));
    if (plan.failoverOnly()) {
      return;
    }
    Path own = directory.directory(region, "farshore-database");
    site(region)
        .add(
            new PostgresProcess(
                region,
                "farshore-database",
                own.resolve("output.log"),
                PostgresServer.builder(own.resolve("data"))
                    .port(addresses.port(region, "farshore-database"))
                    .password(identity.newPassword())
                    .settings(DatabaseSettings.own())));
  }

  private void start() {
    progress.on("databases, brokers, quorum");
    List<Runnable> first = new ArrayList<>();
    first.add(this::startApplicationDatabases);
    if (!plan.failoverOnly()) {
      for (String region : plan.regions()) {
        first.add(() -> startOwnDatabase(region));
        first.add(() -> site(region).process("broker").start());
      }
    }
    sites.values().forEach(site -> first.add(() -> site.process("failover-service").start()));
    Together.runUnlessOneFails(first);
    if (plan.failoverOnly()) {
      return;
    }

    progress.on("services and the ledger");
    for (Site site : sites.values()) {
      for (WorldProcess process : site.processes()) {
        if (!process.isRunning()) {
          process.start();
        }
      }
    }
  }

  private void awaitReady(Predicate<WorldProcess> which) {
    Together.runUnlessOneFails(
        sites.values().stream()
            .flatMap(site -> site.processes().stream())
            .filter(which)
            .<Runnable>map(process -> () -> process.awaitReady(START_PATIENCE))
            .toList());
  }

  private void startApplicationDatabases() {
    PostgresProcess primary = site(plan.home()).applicationDatabase();
    database.createPrimary(primary);
    for (String region : plan.regions()) {
      if (!region.equals(plan.home())) {
        try {
          int port = addresses.port(region, plan.home(), primary.name());
          database.createStandby(primary, site(region).applicationDatabase(), port);
        } catch (IOException e) {
          throw new UncheckedIOException("no door to the primary", e);
        }
      }
    }
  }

  private void startOwnDatabase(String region) {
    PostgresProcess process = (PostgresProcess) site(region).process("farshore-database");
    process.start();
    process
        .server()
        .execute(
            "postgres",
            "CREATE ROLE "
                + ownDatabase.user()
                + " LOGIN PASSWORD '"
                + ownDatabase.password()
                + "'",
            "CREATE DATABASE farshore OWNER " + ownDatabase.user());
  }

  /** Declares the application and waits until its home may write and users are let in. */
  private void protect(World world) {
    awaitReady(process -> process.name().equals("failover-service"));
    progress.on("declaring the ledger");
    FarshoreClient operator = world.client("operator");
    operator.declare(plan.home(), LedgerDeclaration.of(plan));
    // A gateway is not ready before it has routes, and those come with the declaration.
    awaitReady(process -> true);
    operator.awaitWriter(plan.home(), START_PATIENCE);
    if (plan.commitGate()) {
      plan.regions().forEach(this::closeGate);
    }
    if (!plan.failoverOnly()) {
      operator.awaitRoutes(START_PATIENCE);
    }
  }

  /** From here on a commit needs the lease; before, there was nobody to give one. */
  private void closeGate(String region) {
    site(region)
        .applicationDatabase()
        .server()
        .configure("synchronous_standby_names", "farshore_gate");
  }

  private Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new IllegalArgumentException("no site " + name);
    }
    return site;
  }
}
