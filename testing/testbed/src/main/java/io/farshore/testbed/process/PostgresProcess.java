package io.farshore.testbed.process;

import io.farshore.testing.postgres.PostgresServer;
import io.farshore.testing.postgres.StopMode;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of the world. Its cluster is made or found at the first start. */
public final class PostgresProcess implements WorldProcess {
  private final String site;
  private final String name;
  private final PostgresServer.Builder builder;
  private final Path log;
  private volatile @Nullable PostgresServer server;

  public PostgresProcess(String site, String name, Path log, PostgresServer.Builder builder) {
    this.site = site;
    this.name = name;
    this.log = log;
    this.builder = builder.log(log);
  }

  /** The server behind it, for settings and SQL as the superuser. */
  public PostgresServer server() {
    PostgresServer started = server;
    if (started == null) {
      throw new IllegalStateException(label() + " was not started");
    }
    return started;
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns when the first start is over, because a cluster may have to be made. */
  @Override
  public synchronized void start() {
    PostgresServer known = server;
    if (known == null) {
      server = builder.start();
    } else {
      known.launch();
    }
  }

  @Override
  public void awaitReady(Duration patience) {
    server().awaitAccepting(patience);
  }

  @Override
  public synchronized void kill() {
    PostgresServer known = server;
    if (known != null) {
      known.kill();
    }
  }

  @Override
  public synchronized void stop() {
    PostgresServer known = server;
    if (known != null) {
      known.stop(StopMode.FAST);
    }
  }

  @Override
  public void pause() {
    server().pause();
  }

  @Override
  public void resume() {
    server().resume();
  }

  @Override
  public boolean isRunning() {
    PostgresServer known = server;
    return known != null && known.isRunning();
  }

  @Override
  public long pid() {
    return server().pid();
  }

  @Override
  public Path log() {
    return log;
  }
}
