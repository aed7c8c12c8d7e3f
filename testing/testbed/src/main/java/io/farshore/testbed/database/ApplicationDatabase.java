package io.farshore.testbed.database;

import io.farshore.postgres.PostgresEndpoint;
import io.farshore.postgres.backup.BaseBackupToDirectory;
import io.farshore.postgres.backup.StandbyOptions;
import io.farshore.testbed.process.PostgresProcess;
import io.farshore.testing.postgres.PostgresServer;
import java.nio.file.Path;

/** Makes the application's database: a primary, and standbys by Farshore's own base backup. */
public final class ApplicationDatabase {
  private final String name;
  private final DatabaseRoles roles;

  /**
   * @param name of the application and of its database
   */
  public ApplicationDatabase(String name, DatabaseRoles roles) {
    this.name = name;
    this.roles = roles;
  }

  /** A server that is not started yet; primary or standby is decided by what lies in its files. */
  public PostgresProcess process(String site, Path directory, int port, String superPassword) {
    PostgresServer.Builder builder =
        PostgresServer.builder(directory.resolve("data"))
            .port(port)
            .password(superPassword)
            .settings(DatabaseSettings.application());
    return new PostgresProcess(site, name + "-database", directory.resolve("output.log"), builder);
  }

  /** Starts the first primary and makes roles and database. */
  public void createPrimary(PostgresProcess primary) {
    primary.start();
    primary.server().execute("postgres", roles.creation(name).toArray(String[]::new));
    primary.server().execute(name, roles.grants().toArray(String[]::new));
  }

  /**
   * Copies the primary and starts the copy as its hot standby.
   *
   * @param primary running
   * @param standby not started, with an empty data directory
   * @param portOfPrimary as the standby sees it; the copy itself is taken directly
   */
  public void createStandby(PostgresProcess primary, PostgresProcess standby, int portOfPrimary) {
    PostgresEndpoint direct =
        PostgresEndpoint.of(
            "127.0.0.1",
            primary.server().port(),
            "postgres",
            roles.replicator().user(),
            roles.replicator().password());
    String slot = standby.site().replace('-', '_');
    BaseBackupToDirectory.standby(
        direct,
        standby.log().resolveSibling("data"),
        new StandbyOptions(
            direct.withAddress("127.0.0.1", portOfPrimary).withApplicationName(standby.site()),
            slot));
    standby.start();
  }
}
