package io.farshore.testbed.process;

import io.farshore.testing.postgres.TetheredProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Java program in a directory of its own. */
public final class JvmProcess implements WorldProcess {
  /** Longer than a training run needs to write its cache at the end. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

  private final String site;
  private final String name;
  private final Path directory;
  private final Supplier<List<String>> command;
  private final Readiness readiness;
  private volatile @Nullable TetheredProcess process;

  /**
   * @param command asked for at each start
   * @param directory working directory; its log goes there too
   */
  public JvmProcess(
      String site,
      String name,
      Path directory,
      Supplier<List<String>> command,
      Readiness readiness) {
    this.site = site;
    this.name = name;
    this.directory = directory;
    this.command = command;
    this.readiness = readiness;
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException(label() + " already runs");
    }
    try {
      process = TetheredProcess.start(command.get(), directory, Map.of(), log());
    } catch (IOException e) {
      throw new ProcessFailedException(this, "could not be started", e);
    }
  }

  @Override
  public void awaitReady(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!readiness.isReady()) {
        if (!isRunning()) {
          throw new ProcessFailedException(this, "ended while starting", null);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new ProcessFailedException(this, "was not ready within " + patience, null);
        }
        Thread.sleep(PROBE_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException(this, "was waited for and the wait interrupted", e);
    }
  }

  @Override
  public void kill() {
    ending(TetheredProcess::kill);
  }

  @Override
  public void stop() {
    ending(running -> running.stop(STOP_PATIENCE));
  }

  private synchronized void ending(Ending ending) {
    TetheredProcess running = process;
    if (running == null) {
      return;
    }
    try {
      ending.end(running);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException(this, "was being ended and the wait interrupted", e);
    }
  }

  @Override
  public void pause() {
    require().pause();
  }

  @Override
  public void resume() {
    require().resume();
  }

  @Override
  public boolean isRunning() {
    TetheredProcess running = process;
    return running != null && running.isRunning();
  }

  @Override
  public long pid() {
    return require().pid();
  }

  @Override
  public Path log() {
    return directory.resolve("output.log");
  }

  private TetheredProcess require() {
    TetheredProcess started = process;
    if (started == null) {
      throw new IllegalStateException(label() + " was not started");
    }
    return started;
  }

  @FunctionalInterface
  private interface Ending {
    void end(TetheredProcess process) throws InterruptedException;
  }
}
