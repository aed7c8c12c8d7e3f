package io.farshore.vault.backup;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.pack.CopyIndex;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes into one copy on a thread of its own, so that a slow copy delays the others only by what
 * its queue holds, and a stuck or failing one not for ever: it is given up and the run goes on.
 * Methods may be called by several threads.
 */
final class CopyWriter implements AutoCloseable {
  /** Pieces waiting for the copy; each is at most one chunk, so 16 MiB at the default size. */
  private static final int QUEUE_PIECES_MAX = 16;

  /** How long closing waits for the thread to drop what is unfinished. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Copy copy;
  private final CopyIndex index;
  private final CopyStore.WriterLock lock;
  private final Duration stallTimeout;
  private final BlockingQueue<Command> queue = new ArrayBlockingQueue<>(QUEUE_PIECES_MAX);
  private final AtomicReference<FarshoreException> failure = new AtomicReference<>();
  private final AtomicLong storedBytes = new AtomicLong();
  private final AtomicLong commandsDone = new AtomicLong();
  private final Thread thread;

  private sealed interface Command {
    record Begin(ObjectName object) implements Command {}

    @SuppressWarnings("ArrayRecordComponent") // shared by all copies, never compared or changed
    record Append(ObjectName object, byte[] bytes) implements Command {}

    record Commit(ObjectName object) implements Command {}

    record Reached(CountDownLatch latch) implements Command {}

    record Stop() implements Command {}
  }

  CopyWriter(Copy copy, CopyIndex index, CopyStore.WriterLock lock, Duration stallTimeout) {
    this.copy = copy;
    this.index = index;
    this.lock = lock;
    this.stallTimeout = stallTimeout;
    this.thread =
        Thread.ofPlatform().daemon().name("vault-copy-" + copy.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  CopyIndex index() {
    return index;
  }

  boolean alive() {
    return failure.get() == null;
  }

  void begin(ObjectName object) {
    send(new Command.Begin(object));
  }

  /** The bytes are shared with other copies and must not be changed afterwards. */
  void append(ObjectName object, byte[] bytes) {
    send(new Command.Append(object, bytes));
  }

  void commit(ObjectName object) {
    send(new Command.Commit(object));
  }

  /** Waits until all that was sent is durable, or the copy has failed. */
  void await() {
    CountDownLatch reached = new CountDownLatch(1);
    send(new Command.Reached(reached));
    try {
      long before = commandsDone.get();
      while (alive() && !reached.await(stallTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
        if (commandsDone.get() == before) {
          fail(stalled());
        }
        before = commandsDone.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  CopyOutcome outcome() {
    return new CopyOutcome(
        copy.name(), copy.required(), storedBytes.get(), Optional.ofNullable(failure.get()));
  }

  @Override
  public void close() {
    // A thread that is stuck inside the storage cannot be told; it is a daemon and holds no lock
    // that matters: a pack it may still finish has a name of its own.
    if (!queue.offer(new Command.Stop())) {
      fail(new FarshoreException(VaultErrors.INTERRUPTED, "The backup was given up"));
      queue.clear();
      queue.add(new Command.Stop());
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.close();
  }

  private void send(Command command) {
    if (!alive()) {
      if (command instanceof Command.Reached reached) {
        reached.latch.countDown();
      }
      return;
    }
    try {
      if (!queue.offer(command, stallTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
        fail(stalled());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private void run() {
    Map<ObjectName, CopyStore.Upload> uploads = new HashMap<>();
    try {
      while (true) {
        Command command = queue.take();
        if (command instanceof Command.Stop) {
          return;
        }
        if (command instanceof Command.Reached reached) {
          reached.latch.countDown();
        } else if (alive()) {
          execute(command, uploads);
        }
        commandsDone.incrementAndGet();
      }
    } catch (InterruptedException e) {
      // Closed; what is unfinished is dropped below.
      Thread.currentThread().interrupt();
    } finally {
      uploads.values().forEach(this::drop);
    }
  }

  private void execute(Command command, Map<ObjectName, CopyStore.Upload> uploads) {
    try {
      switch (command) {
        case Command.Begin begin -> uploads.put(begin.object, copy.store().create(begin.object));
        case Command.Append append -> {
          upload(uploads, append.object).write(append.bytes, 0, append.bytes.length);
          storedBytes.addAndGet(append.bytes.length);
        }
        case Command.Commit commit -> {
          try (CopyStore.Upload upload = upload(uploads, commit.object)) {
            uploads.remove(commit.object);
            upload.commit();
          }
        }
        case Command.Reached reached -> reached.latch.countDown();
        case Command.Stop stop -> {}
      }
    } catch (FarshoreException e) {
      giveUp(e, uploads);
    } catch (RuntimeException e) {
      giveUp(
          new FarshoreException(
              VaultErrors.COPY_UNAVAILABLE,
              "The copy's storage failed in an unexpected way",
              Map.of("copy", copy.name()),
              e),
          uploads);
    }
  }

  /** Drops what is half-written at once: on a full disk that is the room others need. */
  private void giveUp(FarshoreException e, Map<ObjectName, CopyStore.Upload> uploads) {
    fail(e);
    uploads.values().forEach(this::drop);
    uploads.clear();
  }

  private static CopyStore.Upload upload(
      Map<ObjectName, CopyStore.Upload> uploads, ObjectName object) {
    CopyStore.Upload upload = uploads.get(object);
    if (upload == null) {
      throw new IllegalStateException("nothing was begun under that name");
    }
    return upload;
  }

  private void drop(CopyStore.Upload upload) {
    try {
      upload.close();
    } catch (FarshoreException e) {
      fail(e);
    }
  }

  private void fail(FarshoreException e) {
    failure.compareAndSet(null, e);
  }

  private FarshoreException stalled() {
    return new FarshoreException(
        VaultErrors.COPY_UNAVAILABLE,
        "The copy took nothing for too long",
        Map.of("copy", copy.name(), "timeout", stallTimeout.toString()));
  }

  private static FarshoreException interrupted(InterruptedException e) {
    return new FarshoreException(
        VaultErrors.INTERRUPTED, "Interrupted while writing a copy", Map.of(), e);
  }
}
