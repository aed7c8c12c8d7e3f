package io.farshore.testbed;

import io.farshore.testbed.broker.BrokerMain;
import io.farshore.testbed.database.DatabaseRoles.Login;
import io.farshore.testbed.layout.AddressBook;
import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.layout.PropertiesFile;
import io.farshore.testbed.layout.ServiceConfiguration;
import io.farshore.testbed.layout.WorldDirectory;
import io.farshore.testbed.process.AotCaches;
import io.farshore.testbed.process.JavaProgram;
import io.farshore.testbed.process.JvmProcess;
import io.farshore.testbed.process.Readiness;
import io.farshore.testbed.process.WorldProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the Java processes of a site: configuration written, not started. */
final class ServicePrograms {
  private static final String QUARKUS_MAIN = "io.quarkus.runner.GeneratedMain";
  private static final List<String> QUARKUS_OPTIONS =
      List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
  private static final int HEAP_MEGABYTES = 160;

  /** A backup holds its chunks in memory until every copy has them. */
  private static final int BACKUP_HEAP_MEGABYTES = 320;

  private final Installation installation;
  private final WorldDirectory world;
  private final AddressBook addresses;
  private final ServiceConfiguration configuration;
  private final AotCaches caches;
  private final Login broker;

  ServicePrograms(
      Installation installation,
      WorldDirectory world,
      AddressBook addresses,
      ServiceConfiguration configuration,
      AotCaches caches,
      Login broker) {
    this.installation = installation;
    this.world = world;
    this.addresses = addresses;
    this.configuration = configuration;
    this.caches = caches;
    this.broker = broker;
  }

  /** Everything but PostgreSQL, in the order of their start. */
  List<WorldProcess> region(String site, List<String> regions) throws IOException {
    List<WorldProcess> processes = new ArrayList<>();
    processes.add(broker(site));
    processes.addAll(member(site));
    Path gateway = home(site, "gateway");
    processes.add(service(site, "gateway", gateway, configuration.gateway(site, gateway)));
    Path replication = home(site, "replication-service");
    processes.add(
        service(
            site,
            "replication-service",
            replication,
            configuration.replication(site, replication)));
    Path audit = home(site, "audit-service");
    processes.add(service(site, "audit-service", audit, configuration.audit(site, audit)));
    Path backup = home(site, "backup-service");
    processes.add(
        service(
            site, "backup-service", backup, configuration.backup(site, backup, vaults(regions))));
    Path ledger = home(site, WorldPlan.APPLICATION);
    processes.add(service(site, WorldPlan.APPLICATION, ledger, configuration.ledger(site)));
    return processes;
  }

  /** All that the witness has, and every region has as well: a member of the quorum. */
  List<WorldProcess> member(String site) throws IOException {
    Path failover = home(site, "failover-service");
    return List.of(
        service(site, "failover-service", failover, configuration.failover(site, failover)));
  }

  /** A folder in each region plays that region's storage. */
  private Map<String, Path> vaults(List<String> regions) throws IOException {
    Map<String, Path> vaults = new LinkedHashMap<>();
    for (String region : regions) {
      vaults.put(region, world.directory(region, "vault"));
    }
    return vaults;
  }

  private WorldProcess service(
      String site, String service, Path home, Map<String, String> properties) throws IOException {
    PropertiesFile.write(home, properties);
    String module = service.equals(WorldPlan.APPLICATION) ? "testing/ledger" : service;
    int heap = service.equals("backup-service") ? BACKUP_HEAP_MEGABYTES : HEAP_MEGABYTES;
    return new JvmProcess(
        site,
        service,
        home,
        () ->
            new JavaProgram(
                    service,
                    QUARKUS_MAIN,
                    installation.serviceClassPath(module),
                    heap,
                    QUARKUS_OPTIONS,
                    List.of())
                .command(home, caches),
        Readiness.health(addresses.port(site, service + "-management")));
  }

  private WorldProcess broker(String site) throws IOException {
    Path home = home(site, "broker");
    int port = addresses.port(site, "broker");
    return new JvmProcess(
        site,
        "broker",
        home,
        () ->
            new JavaProgram(
                    "broker",
                    BrokerMain.class.getName(),
                    installation.testbedClassPath(),
                    HEAP_MEGABYTES,
                    List.of(),
                    List.of(
                        Integer.toString(port),
                        home.resolve("data").toString(),
                        broker.user(),
                        broker.password()))
                .command(home, caches),
        Readiness.port(port));
  }

  private Path home(String site, String process) throws IOException {
    Path home = world.directory(site, process);
    Files.createDirectories(home.resolve("tmp"));
    Files.createDirectories(home.resolve("data"));
    return home;
  }
}
