package io.farshore.simulation;

import io.farshore.quorum.raft.MemberExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One process's thread: runs tasks as events, and can be frozen or killed between any two. */
final class SimulatedExecutor implements MemberExecutor {
  private final VirtualTime time;
  private final SimulatedClock clock;
  private boolean running;
  private boolean killed;
  private long frozenUntil;

  SimulatedExecutor(VirtualTime time, SimulatedClock clock) {
    this.time = time;
    this.clock = clock;
  }

  @Override
  public void execute(Runnable task) {
    if (running) {
      task.run();
    } else {
      submit(task);
    }
  }

  @Override
  public void submit(Runnable task) {
    runAt(time.nanos(), task);
  }

  @Override
  public void schedule(Runnable task, long delay, TimeUnit unit) {
    runAt(time.nanos() + clock.trueNanos(unit.toNanos(delay)), task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    boolean[] cancelled = new boolean[1];
    runAt(
        time.nanos() + clock.trueNanos(delay.toNanos()),
        () -> {
          if (!cancelled[0]) {
            task.run();
          }
        });
    return () -> cancelled[0] = true;
  }

  private void runAt(long at, Runnable task) {
    time.at(at, () -> run(task));
  }

  private void run(Runnable task) {
    if (killed) {
      return;
    }
    if (time.nanos() < frozenUntil) {
      runAt(frozenUntil, task);
      return;
    }
    running = true;
    try {
      task.run();
    } finally {
      running = false;
    }
  }

  /** Does nothing for a while, as under a long garbage collection; its clock goes on. */
  void freeze(Duration pause) {
    frozenUntil = time.nanos() + pause.toNanos();
  }

  @Override
  public void close() {
    killed = true;
  }
}
