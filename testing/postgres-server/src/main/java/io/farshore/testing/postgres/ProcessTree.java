package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process and all it started, read from {@code /proc}. Process groups are not enough:
 * PostgreSQL's backends each lead a group of their own.
 */
public final class ProcessTree {
  /** A killed process may still be waiting for its disk. */
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(30);

  private static final long KILL_POLL_NANOS = 1_000_000;

  private ProcessTree() {}

  /**
   * Whether the process exists and is not a zombie. {@link ProcessHandle#isAlive()} calls a zombie
   * alive, and in containers whose first process does not reap, zombies stay.
   */
  public static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }

  /** The process and its running descendants, parents before children. */
  public static List<Long> members(long pid) {
    List<Long> found = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty()) {
      long next = open.removeFirst();
      if (isRunning(next)) {
        found.add(next);
        open.addAll(children(next));
      }
    }
    return found;
  }

  /**
   * SIGKILL for all; stopped parents first, so that none can replace a killed child. Returns when
   * all are gone.
   *
   * @throws PostgresServerException if the kernel keeps one for longer than half a minute
   */
  public static void kill(long pid) {
    List<Long> members = stop(pid);
    Signals.send("KILL", members);
    long deadline = System.nanoTime() + KILL_TIMEOUT.toNanos();
    while (members.stream().anyMatch(ProcessTree::isRunning)) {
      if (System.nanoTime() - deadline > 0) {
        throw new PostgresServerException("a killed process does not end");
      }
      LockSupport.parkNanos(KILL_POLL_NANOS);
    }
  }

  /** SIGSTOP for all: the processes stay, and answer nothing. */
  public static void pause(long pid) {
    stop(pid);
  }

  /** SIGCONT for all, children first. */
  public static void resume(long pid) {
    List<Long> members = new ArrayList<>(members(pid));
    Collections.reverse(members);
    Signals.send("CONT", members);
  }

  private static List<Long> stop(long pid) {
    List<Long> stopped = List.of();
    for (List<Long> seen = members(pid); !seen.equals(stopped); seen = members(pid)) {
      Signals.send("STOP", seen);
      stopped = seen;
    }
    return stopped;
  }

  private static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        for (String child : Files.readString(task.resolve("children")).split(" ", -1)) {
          if (!child.isBlank()) {
            children.add(Long.parseLong(child.strip()));
          }
        }
      }
    } catch (IOException gone) {
      return children; // the process or one of its threads ended while we looked
    }
    return children;
  }
}
