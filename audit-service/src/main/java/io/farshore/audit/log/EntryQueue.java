package io.farshore.audit.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way to the log's thread. Whoever adds asks for room first and waits for it, so
 * that the broker keeps what the log cannot take. Thread-safe; one thread takes.
 */
final class EntryQueue {
  /** About a second of work. */
  static final int ENTRIES_MAX = 4_096;

  /** What long entries may take of memory. */
  private static final long BYTES_MAX = 32L << 20;

  /**
   * @param entry to be appended
   * @param outcome told to whoever added it
   */
  record Waiting(PreparedEntry entry, CompletableFuture<AppendOutcome> outcome) {
    String id() {
      return entry.id();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<CompletableFuture<@Nullable Void>> wantingRoom = new ArrayList<>();
  private long bytes;
  private boolean closed;

  /** Answers false, and does not add, once the queue is closed. */
  boolean add(Waiting entry) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(entry);
        bytes += entry.entry().lengthBytes();
        changed.signalAll();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Done when there is room, or none is needed any more because the queue is closed. */
  CompletionStage<@Nullable Void> room() {
    lock.lock();
    try {
      CompletableFuture<@Nullable Void> room = new CompletableFuture<>();
      if (closed || hasRoom()) {
        room.complete(null);
      } else {
        wantingRoom.add(room);
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return waiting.size() < ENTRIES_MAX && bytes < BYTES_MAX;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is there, waiting for something up to {@code patience}; empty if nothing came. */
  List<Waiting> take(int entriesMax, Duration patience) {
    List<Waiting> taken = new ArrayList<>();
    List<CompletableFuture<@Nullable Void>> roomMade = List.of();
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (waiting.isEmpty() && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      while (!waiting.isEmpty() && taken.size() < entriesMax) {
        Waiting next = waiting.remove();
        bytes -= next.entry().lengthBytes();
        taken.add(next);
      }
      if (hasRoom()) {
        roomMade = List.copyOf(wantingRoom);
        wantingRoom.clear();
      }
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException("the log's thread was interrupted", nobodyInterrupts);
    } finally {
      lock.unlock();
    }
    roomMade.forEach(room -> room.complete(null)); // may add and ask for room at once
    return taken;
  }

  /** Whether the queue was closed and everything in it was taken. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits; answers at once, and yes, if the queue is closed meanwhile. */
  boolean isClosedWithin(Duration delay) {
    lock.lock();
    try {
      long nanos = delay.toNanos();
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return closed;
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException("the log's thread was interrupted", nobodyInterrupts);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is added; what is there can still be taken. */
  void close() {
    List<CompletableFuture<@Nullable Void>> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(wantingRoom);
      wantingRoom.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(room -> room.complete(null));
  }
}
