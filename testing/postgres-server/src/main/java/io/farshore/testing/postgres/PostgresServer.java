package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One real PostgreSQL server on 127.0.0.1, tethered to this JVM: it cannot outlive it. Stopping and
 * closing keep the data directory; a new builder on it starts it again.
 *
 * <p>Not for use by several threads at once, except {@link #connect} and the getters.
 */
public final class PostgresServer implements AutoCloseable {
  /** Generous: recovery of a large log on a busy machine counts too. */
  public static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  /** A fast stop writes a checkpoint; after this the server is killed instead. */
  public static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

  private static final int PORT_ATTEMPTS_MAX = 5;
  private static final int LOG_TAIL_CHARS_MAX = 4_000;

  private final Builder options;
  private final Postmaster postmaster;
  private final Map<String, String> settings;
  private volatile int port;
  private volatile @Nullable TetheredProcess process;

  private PostgresServer(Builder options, PostgresBinaries binaries, UnprivilegedLaunch launch) {
    this.options = options;
    this.postmaster = new Postmaster(binaries, launch, options.dataDirectory, options.log);
    this.settings = new LinkedHashMap<>(options.settings);
    this.port = options.port;
  }

  /**
   * Describes a server on a data directory: a new cluster if it is absent or empty, otherwise the
   * one that lies there.
   */
  public static Builder builder(Path dataDirectory) {
    return new Builder(dataDirectory.toAbsolutePath());
  }

  /**
   * Starts the server (again) and waits until it accepts connections, for reading at least.
   *
   * @throws PostgresServerException if it ends or does not accept within {@link #START_TIMEOUT}
   */
  public void start() {
    launch();
    awaitAccepting(START_TIMEOUT);
  }

  /** Starts without waiting, for servers that are expected to take long or to fail. */
  public void launch() {
    if (isRunning()) {
      throw new IllegalStateException("server already runs");
    }
    try {
      if (port == 0) {
        port = Postmaster.freePort();
      }
      process = postmaster.start(port, settings, options.authentication);
    } catch (IOException e) {
      throw new PostgresServerException("cannot start PostgreSQL", e);
    }
  }

  /**
   * Waits until the server answers a connection, whatever it thinks of the password.
   *
   * @throws PostgresServerException if it ends first or does not answer in time
   */
  public void awaitAccepting(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!accepts()) {
      if (!isRunning()) {
        throw new PostgresServerException("PostgreSQL ended while starting\n" + logTail());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new PostgresServerException("PostgreSQL does not accept connections\n" + logTail());
      }
      pause(Duration.ofMillis(20));
    }
  }

  /** Stops the server if it runs; kills it if it does not stop within {@link #STOP_TIMEOUT}. */
  public void stop(StopMode mode) {
    TetheredProcess running = process;
    if (running == null) {
      return;
    }
    try {
      running.signal(mode.signal());
      if (!running.awaitExit(STOP_TIMEOUT)) {
        running.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresServerException("interrupted while stopping", e);
    }
  }

  /** Kills the server and all its processes at once ({@code kill -9}). */
  public void kill() {
    TetheredProcess running = process;
    if (running == null) {
      return;
    }
    try {
      running.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresServerException("interrupted while killing", e);
    }
  }

  /** Freezes all processes of the server: connections stay open and nothing answers. */
  public void pause() {
    require().pause();
  }

  /** Ends a {@link #pause()}. */
  public void resume() {
    require().resume();
  }

  /** Changes a setting now (reload) and for later starts; some take effect at a restart only. */
  public void configure(String name, String value) {
    settings.put(name, value);
    try {
      new DataDirectory(options.dataDirectory).writeSettings(settings);
    } catch (IOException e) {
      throw new PostgresServerException("cannot write settings", e);
    }
    require().signal("HUP");
  }

  public boolean isRunning() {
    TetheredProcess started = process;
    return started != null && started.isRunning();
  }

  /** Process id of the postmaster, as everyone outside sees it. */
  public long pid() {
    return require().pid();
  }

  public int port() {
    return port;
  }

  public Path dataDirectory() {
    return options.dataDirectory;
  }

  public Path logFile() {
    return options.log;
  }

  /** The last lines of the log. */
  public String logTail() {
    try {
      String log = Files.readString(options.log);
      return log.substring(Math.max(0, log.length() - LOG_TAIL_CHARS_MAX));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  public String superuser() {
    return ClusterTemplate.SUPERUSER;
  }

  public String password() {
    return options.password;
  }

  /** Without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A new session of the superuser. */
  public Connection connect(String database) throws SQLException {
    return connect(database, superuser(), password());
  }

  /** A new session; gives up after ten seconds if the server does not answer. */
  public Connection connect(String database, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("loginTimeout", "10");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** Runs statements as the superuser, each in a transaction of its own. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new PostgresServerException("statement failed: " + e.getMessage(), e);
    }
  }

  /** Stops fast. */
  @Override
  public void close() {
    stop(StopMode.FAST);
  }

  private TetheredProcess require() {
    TetheredProcess started = process;
    if (started == null) {
      throw new IllegalStateException("server was not started");
    }
    return started;
  }

  private boolean accepts() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      String state = e.getSQLState();
      boolean notYet = state == null || state.startsWith("08") || state.startsWith("57");
      return !notYet;
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresServerException("interrupted while waiting", e);
    }
  }

  /** What to start. Defaults: a free port, PostgreSQL's own settings, password {@code farshore}. */
  public static final class Builder {
    private final Path dataDirectory;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> authentication = new ArrayList<>();
    private int port;
    private String password = "farshore";
    private Path log;
    private @Nullable Path cache;
    private @Nullable Path programs;
    private @Nullable UnprivilegedLaunch launch;

    private Builder(Path dataDirectory) {
      this.dataDirectory = dataDirectory;
      this.log = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log");
    }

    /** 0 takes a free port, which the server keeps over restarts. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** A line of {@code postgresql.conf}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    public Builder settings(Map<String, String> more) {
      settings.putAll(more);
      return this;
    }

    /** A line of {@code pg_hba.conf}, before ours, which ask for a SCRAM password on loopback. */
    public Builder authentication(String line) {
      authentication.add(line);
      return this;
    }

    /** The superuser's: given to a new cluster, assumed of an existing one. */
    public Builder password(String password) {
      this.password = password;
      return this;
    }

    /** Appended to; beside the data directory unless told. */
    public Builder log(Path log) {
      this.log = log.toAbsolutePath();
      return this;
    }

    /** Where binaries are unpacked; {@code $FARSHORE_CACHE} or {@code ~/.cache/farshore}. */
    public Builder cache(Path cache) {
      this.cache = cache.toAbsolutePath();
      return this;
    }

    /**
     * Use these programs instead of our own, for example {@code /usr/lib/postgresql/15/bin}. A data
     * directory belongs to one major version.
     */
    public Builder programs(Path directory) {
      this.programs = directory.toAbsolutePath();
      return this;
    }

    Builder launch(UnprivilegedLaunch launch) {
      this.launch = launch;
      return this;
    }

    /**
     * A server that is not running yet; a new cluster is made now, with the template's password.
     */
    public PostgresServer start() {
      UnprivilegedLaunch how = launch == null ? UnprivilegedLaunch.detect() : launch;
      try {
        Path shared = cache == null ? PostgresBinaries.defaultCache(how) : cache;
        PostgresBinaries binaries =
            programs == null
                ? PostgresBinaries.in(shared)
                : PostgresBinaries.installed(programs, shared);
        boolean fresh = !new DataDirectory(dataDirectory).holdsCluster();
        String firstPassword =
            fresh ? new ClusterTemplate(binaries, how).copyTo(dataDirectory) : password;
        PostgresServer server = startOnSomePort(binaries, how);
        if (fresh) {
          server.changePassword(firstPassword, password);
        }
        return server;
      } catch (IOException e) {
        throw new PostgresServerException("cannot prepare PostgreSQL", e);
      }
    }

    /** Somebody may take a free port between our look and the server's start. */
    private PostgresServer startOnSomePort(PostgresBinaries binaries, UnprivilegedLaunch how) {
      for (int attempt = 1; ; attempt++) {
        PostgresServer server = new PostgresServer(this, binaries, how);
        try {
          server.start();
          return server;
        } catch (PostgresServerException e) {
          server.kill();
          boolean taken = server.logTail().contains("Address already in use");
          if (port != 0 || !taken || attempt == PORT_ATTEMPTS_MAX) {
            throw e;
          }
        }
      }
    }
  }

  private void changePassword(String from, String to) {
    try (Connection connection = connect("postgres", superuser(), from);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + superuser() + " PASSWORD '" + to.replace("'", "''") + "'");
    } catch (SQLException e) {
      kill();
      throw new PostgresServerException("cannot set the superuser's password", e);
    }
  }
}
