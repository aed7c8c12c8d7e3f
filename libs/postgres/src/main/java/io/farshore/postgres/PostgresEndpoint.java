package io.farshore.postgres;

import io.farshore.kernel.FarshoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a server listens, and as whom we speak to it. Immutable; its text form hides the password.
 */
public final class PostgresEndpoint {
  private final String host;
  private final int port;
  private final String database;
  private final String user;
  private final String password;
  private final String applicationName;
  private final Timeouts timeouts;

  private PostgresEndpoint(
      String host,
      int port,
      String database,
      String user,
      String password,
      String applicationName,
      Timeouts timeouts) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 1 and 65535");
    }
    this.host = Objects.requireNonNull(host);
    this.port = port;
    this.database = Objects.requireNonNull(database);
    this.user = Objects.requireNonNull(user);
    this.password = Objects.requireNonNull(password);
    this.applicationName = Objects.requireNonNull(applicationName);
    this.timeouts = Objects.requireNonNull(timeouts);
  }

  /** An endpoint with default time-outs and application name {@code farshore}. */
  public static PostgresEndpoint of(
      String host, int port, String database, String user, String password) {
    return new PostgresEndpoint(host, port, database, user, password, "farshore", Timeouts.DEFAULT);
  }

  /**
   * Takes host, port and database from a JDBC URL; its other parameters are not used.
   *
   * @throws IllegalArgumentException if it is not a PostgreSQL URL with one host
   */
  public static PostgresEndpoint ofJdbcUrl(String url, String user, String password) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new IllegalArgumentException("not a JDBC URL of PostgreSQL");
    }
    String host = Optional.ofNullable(PGProperty.PG_HOST.getOrDefault(parsed)).orElse("localhost");
    String port = Optional.ofNullable(PGProperty.PG_PORT.getOrDefault(parsed)).orElse("5432");
    String database = Optional.ofNullable(PGProperty.PG_DBNAME.getOrDefault(parsed)).orElse(user);
    if (host.contains(",")) {
      throw new IllegalArgumentException("JDBC URL must name one host");
    }
    return of(host, Integer.parseInt(port), database, user, password);
  }

  public PostgresEndpoint withAddress(String newHost, int newPort) {
    return new PostgresEndpoint(
        newHost, newPort, database, user, password, applicationName, timeouts);
  }

  public PostgresEndpoint withDatabase(String name) {
    return new PostgresEndpoint(host, port, name, user, password, applicationName, timeouts);
  }

  /** What the server shows in its views, and matches {@code synchronous_standby_names} against. */
  public PostgresEndpoint withApplicationName(String name) {
    return new PostgresEndpoint(host, port, database, user, password, name, timeouts);
  }

  public PostgresEndpoint withTimeouts(Timeouts other) {
    return new PostgresEndpoint(host, port, database, user, password, applicationName, other);
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public String database() {
    return database;
  }

  public String user() {
    return user;
  }

  public String applicationName() {
    return applicationName;
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  String password() {
    return password;
  }

  /**
   * Opens an SQL session.
   *
   * @throws FarshoreException {@link PostgresErrors#UNREACHABLE}, {@link
   *     PostgresErrors#LOGIN_REFUSED} or another of {@link PostgresErrors}
   */
  public Connection connect() {
    return Sessions.open(this, new Properties());
  }

  /** Puts what went wrong in a session with this server into our words. */
  public FarshoreException failure(SQLException cause) {
    return Sessions.failure(this, cause);
  }

  /**
   * The endpoint as a libpq connection string, for {@code primary_conninfo}. Holds the password: it
   * belongs into a server's own configuration and nowhere else.
   */
  public String toConninfo() {
    return "host="
        + quoted(host)
        + " port="
        + port
        + " user="
        + quoted(user)
        + " password="
        + quoted(password)
        + " application_name="
        + quoted(applicationName)
        + " connect_timeout="
        + Math.max(2, timeouts.connect().toSeconds());
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** For example {@code farshore_guard@127.0.0.1:5432/ledger}. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
