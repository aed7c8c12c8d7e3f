package io.farshore.testbed;

import io.farshore.testbed.process.PostgresProcess;
import io.farshore.testbed.process.WorldProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A region or the quorum witness: the processes of one failure domain. Thread-safe. */
public final class Site {
  private final String name;
  private final Map<String, WorldProcess> processes =
      Collections.synchronizedMap(new LinkedHashMap<>());

  Site(String name) {
    this.name = name;
  }

  void add(WorldProcess process) {
    processes.put(process.name(), process);
  }

  public String name() {
    return name;
  }

  /** In the order in which they are started. */
  public Collection<WorldProcess> processes() {
    synchronized (processes) {
      return List.copyOf(processes.values());
    }
  }

  /** For example {@code failover-service}. */
  public WorldProcess process(String process) {
    WorldProcess found = processes.get(process);
    if (found == null) {
      throw new IllegalArgumentException("no process " + process + " in " + name);
    }
    return found;
  }

  /** The application's database in this region. */
  public PostgresProcess applicationDatabase() {
    return (PostgresProcess) process(WorldPlan.APPLICATION + "-database");
  }

  /** {@code kill -9} of every process, PostgreSQL included, at the same time. */
  public void kill() {
    each(WorldProcess::kill);
  }

  /** Stops every process in order. */
  public void stop() {
    each(WorldProcess::stop);
  }

  /** {@code SIGSTOP} for every process. */
  public void pause() {
    each(WorldProcess::pause);
  }

  /** Ends a {@link #pause()}. */
  public void resume() {
    each(WorldProcess::resume);
  }

  /** Starts every process that does not run. */
  public void start() {
    each(
        process -> {
          if (!process.isRunning()) {
            process.start();
          }
        });
  }

  private void each(Consumer<WorldProcess> action) {
    List<Runnable> actions = new ArrayList<>();
    processes().forEach(process -> actions.add(() -> action.accept(process)));
    Together.run(actions);
  }
}
