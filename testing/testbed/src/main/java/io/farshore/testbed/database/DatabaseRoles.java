package io.farshore.testbed.database;

import io.farshore.testbed.identity.WorldIdentity;
import java.util.List;

/**
 * The roles of the application's database and their passwords. The same on every copy, because a
 * standby has its primary's roles.
 *
 * @param application the application's own, without any privilege beyond its database
 * @param guard may promote, terminate sessions and change settings
 * @param monitor reads statistics and keeps its heartbeat table
 * @param backup reads everything and streams
 * @param replicator the standby's
 */
public record DatabaseRoles(
    Login application, Login guard, Login monitor, Login backup, Login replicator) {

  /**
   * @param user name of the role
   * @param password its password; without quotes
   */
  public record Login(String user, String password) {}

  /** New passwords for an application of this name. */
  public static DatabaseRoles of(String application, WorldIdentity identity) {
    return new DatabaseRoles(
        new Login(application, identity.newPassword()),
        new Login("farshore_guard", identity.newPassword()),
        new Login("farshore_monitor", identity.newPassword()),
        new Login("farshore_backup", identity.newPassword()),
        new Login("farshore_replicator", identity.newPassword()));
  }

  /** Makes the roles and the application's database. */
  List<String> creation(String database) {
    return List.of(
        create(application, "LOGIN"),
        create(guard, "LOGIN SUPERUSER"),
        create(monitor, "LOGIN"),
        "GRANT pg_monitor TO " + monitor.user(),
        create(backup, "LOGIN REPLICATION"),
        "GRANT pg_read_all_data TO " + backup.user(),
        create(replicator, "LOGIN REPLICATION"),
        "CREATE DATABASE " + database + " OWNER " + application.user());
  }

  /** What is to be run inside the application's database. */
  List<String> grants() {
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS farshore AUTHORIZATION " + monitor.user(),
        // Counts the commits of a diverged tail; it must be there before the loss.
        "CREATE EXTENSION IF NOT EXISTS pg_walinspect");
  }

  private static String create(Login login, String options) {
    return "CREATE ROLE " + login.user() + " " + options + " PASSWORD '" + login.password() + "'";
  }
}
