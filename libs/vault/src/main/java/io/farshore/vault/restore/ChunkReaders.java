package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A few threads, each with a reader of chunks, that work off what one thread submits. The first
 * failure stops all. For one submitting thread.
 */
final class ChunkReaders implements AutoCloseable {
  /** Tasks that wait; they hold no content yet, so this bounds open files, not memory. */
  private static final int TASKS_WAITING_MAX = 64;

  /** How often a waiting submitter looks whether the readers have failed meanwhile. */
  private static final long FAILURE_CHECK_MILLIS = 200;

  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(TASKS_WAITING_MAX);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Work on chunks; runs on one of the threads. */
  @FunctionalInterface
  interface Task {
    void run(ChunkSource.Reader reader);
  }

  /** Ends the thread that takes it. */
  private static final Task END = reader -> {};

  ChunkReaders(ChunkSource source, int threadCount) {
    for (int i = 0; i < threadCount; i++) {
      threads.add(
          Thread.ofPlatform().daemon().name("vault-read-" + i).unstarted(() -> work(source)));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Waits for room, then hands a task over; throws the readers' failure if there is one. */
  void submit(Task task) {
    try {
      while (!tasks.offer(task, FAILURE_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        requireHealthy();
      }
      requireHealthy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /** Waits until all is done. */
  void finish() {
    threads.forEach(thread -> submit(END));
    join();
    requireHealthy();
  }

  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("closed"));
    threads.forEach(Thread::interrupt);
    join();
  }

  private void join() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private void work(ChunkSource source) {
    try (ChunkSource.Reader reader = source.reader()) {
      while (failure.get() == null) {
        Task task = tasks.take();
        if (task == END) {
          return;
        }
        task.run(reader);
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      if (e instanceof VirtualMachineError) {
        throw e;
      }
    }
  }

  private void requireHealthy() {
    @Nullable Throwable cause = failure.get();
    if (cause instanceof FarshoreException known) {
      throw known;
    }
    if (cause != null) {
      throw new IllegalStateException("reading chunks failed", cause);
    }
  }

  private static FarshoreException interrupted(InterruptedException e) {
    return new FarshoreException(
        VaultErrors.INTERRUPTED, "Interrupted while reading chunks", Map.of(), e);
  }
}
