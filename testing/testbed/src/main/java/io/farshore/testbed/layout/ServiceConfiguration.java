package io.farshore.testbed.layout;

import io.farshore.testbed.database.DatabaseRoles;
import io.farshore.testbed.database.DatabaseRoles.Login;
import io.farshore.testbed.identity.MemberCertificate;
import io.farshore.testbed.identity.WorldIdentity;
import io.farshore.testbed.identity.WorldKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what goes into each process's {@code config/application.properties}. */
public final class ServiceConfiguration {
  /** What other sites may call, beside the application's own. */
  private static final List<String> HTTP_ENDPOINTS =
      List.of(
          "gateway",
          "gateway-management",
          "failover-service",
          "backup-service",
          "replication-service",
          "audit-service");

  private final String application;
  private final List<String> regions;
  private final String witness;
  private final AddressBook addresses;
  private final WorldIdentity identity;
  private final WorldKeys keys;
  private final DatabaseRoles roles;
  private final Login broker;
  private final Login ownDatabase;

  public ServiceConfiguration(
      String application,
      List<String> regions,
      String witness,
      AddressBook addresses,
      WorldIdentity identity,
      WorldKeys keys,
      DatabaseRoles roles,
      Login broker,
      Login ownDatabase) {
    this.application = application;
    this.regions = regions;
    this.witness = witness;
    this.addresses = addresses;
    this.identity = identity;
    this.keys = keys;
    this.roles = roles;
    this.broker = broker;
    this.ownDatabase = ownDatabase;
  }

  /** What every service is told: itself, its surroundings, whom to trust. */
  public Map<String, String> common(String site, String service, Path directory)
      throws IOException {
    Map<String, String> config = ports(site, service);
    config.put("farshore.region", site);
    config.put("farshore.data-dir", directory.resolve("data").toString());
    config.put(
        "farshore.service-token-file",
        identity.writeServiceToken(directory.resolve("token.jwt"), site, service).toString());
    config.put("mp.jwt.verify.publickey.location", identity.publicKey().toUri().toString());
    config.put("mp.jwt.verify.issuer", io.farshore.testbed.identity.TokenIssuer.ISSUER);
    addAddressBook(config, site);
    if (!site.equals(witness)) {
      config.put("amqp-host", "127.0.0.1");
      config.put("amqp-port", Integer.toString(addresses.port(site, "broker")));
      config.put("amqp-username", broker.user());
      config.put("amqp-password", broker.password());
    }
    return config;
  }

  private Map<String, String> ports(String site, String service) {
    Map<String, String> config = new TreeMap<>();
    // The gateway's own name belongs to its data plane; its API has another.
    String api = service.equals("gateway") ? "gateway-api" : service;
    config.put("quarkus.http.host", "127.0.0.1");
    config.put("quarkus.http.port", Integer.toString(addresses.port(site, api)));
    config.put("quarkus.management.host", "127.0.0.1");
    config.put(
        "quarkus.management.port", Integer.toString(addresses.port(site, service + "-management")));
    return config;
  }

  private void addAddressBook(Map<String, String> config, String viewer) throws IOException {
    for (String region : regions) {
      String prefix = "farshore.endpoints." + region + ".";
      for (String name : HTTP_ENDPOINTS) {
        config.put(prefix + name, "http://" + addresses.address(viewer, region, name));
      }
      config.put(prefix + application, "http://" + addresses.address(viewer, region, application));
      String database = application + "-database";
      config.put(prefix + database, addresses.address(viewer, region, database));
    }
    config.put(
        "farshore.endpoints." + witness + ".failover-service",
        "http://" + addresses.address(viewer, witness, "failover-service"));
  }

  /** For the failover service. */
  public Map<String, String> failover(String site, Path directory) throws IOException {
    Map<String, String> config = common(site, "failover-service", directory);
    config.put("farshore.quorum.role", site.equals(witness) ? "witness" : "region");
    config.put("farshore.quorum.listen", addresses.address(site, site, "quorum"));
    for (String region : regions) {
      config.put("farshore.quorum.members." + region, addresses.address(site, region, "quorum"));
    }
    config.put("farshore.quorum.members." + witness, addresses.address(site, witness, "quorum"));
    config.put("farshore.quorum.secret-file", identity.secretFile("quorum").toString());
    MemberCertificate certificate = identity.memberCertificate();
    config.put("farshore.quorum.tls.certificate", certificate.certificate().toString());
    config.put("farshore.quorum.tls.key", certificate.key().toString());
    config.put("farshore.quorum.tls.trust", certificate.certificate().toString());
    if (!site.equals(witness)) {
      addApplicationDatabase(config, site, roles.guard());
    }
    return config;
  }

  /** For the gateway. */
  public Map<String, String> gateway(String site, Path directory) throws IOException {
    Map<String, String> config = common(site, "gateway", directory);
    config.put("farshore.gateway.listen", addresses.address(site, site, "gateway"));
    config.put("farshore.gateway.application", application);
    config.put("farshore.gateway.health.path", "/health");
    return config;
  }

  /** For the replication service. */
  public Map<String, String> replication(String site, Path directory) throws IOException {
    Map<String, String> config = common(site, "replication-service", directory);
    addApplicationDatabase(config, site, roles.monitor());
    addOwnDatabase(config, site);
    return config;
  }

  /**
   * For the backup service.
   *
   * @param vaults where each region keeps its copies
   */
  public Map<String, String> backup(String site, Path directory, Map<String, Path> vaults)
      throws IOException {
    Map<String, String> config = common(site, "backup-service", directory);
    addApplicationDatabase(config, site, roles.backup());
    addOwnDatabase(config, site);
    for (Map.Entry<String, Path> vault : vaults.entrySet()) {
      String prefix = "farshore.vault.copies." + vault.getKey() + ".";
      config.put(prefix + "path", vault.getValue().toString());
      config.put(prefix + "region", vault.getKey());
      config.put(prefix + "medium", "disk");
    }
    config.put("farshore.vault.key-file", keys.vaultKey().toString());
    config.put("farshore.vault.signing-key-file", keys.vaultSigningKey().toString());
    config.put("farshore.restore.root", directory.resolveSibling("restored").toString());
    return config;
  }

  /** For the audit service. */
  public Map<String, String> audit(String site, Path directory) throws IOException {
    Map<String, String> config = common(site, "audit-service", directory);
    config.put("farshore.log.origin", logOrigin(site));
    config.put("farshore.log.signing-key-file", keys.logSigningKey(logOrigin(site)).toString());
    return config;
  }

  /** The name under which a region's audit log signs. */
  public static String logOrigin(String site) {
    return site + ".audit.farshore.local";
  }

  /** For the ledger, which is not part of Farshore and knows only its database. */
  public Map<String, String> ledger(String site) {
    Map<String, String> config = ports(site, application);
    config.put("ledger.region", site);
    config.put(
        "quarkus.datasource.reactive.url",
        "postgresql://127.0.0.1:"
            + addresses.port(site, application + "-database")
            + "/"
            + application);
    config.put("quarkus.datasource.username", roles.application().user());
    config.put("quarkus.datasource.password", roles.application().password());
    return config;
  }

  private void addApplicationDatabase(Map<String, String> config, String site, Login login) {
    String prefix = "farshore.application-database." + application + ".";
    config.put(
        prefix + "jdbc-url",
        "jdbc:postgresql://127.0.0.1:"
            + addresses.port(site, application + "-database")
            + "/"
            + application);
    config.put(prefix + "username", login.user());
    config.put(prefix + "password", login.password());
  }

  private void addOwnDatabase(Map<String, String> config, String site) {
    config.put(
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + addresses.port(site, "farshore-database") + "/farshore");
    config.put("quarkus.datasource.username", ownDatabase.user());
    config.put("quarkus.datasource.password", ownDatabase.password());
  }
}
