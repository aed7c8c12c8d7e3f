package io.farshore.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/** True time, which moves only from event to event. Events of one instant keep their order. */
public final class VirtualTime {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long sequence;

  private record Event(long at, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** True time in nanoseconds since the world began. */
  public long nanos() {
    return now;
  }

  /** Runs an action at a true time; at once, if that is past. */
  public void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(now, nanos), sequence++, action));
  }

  public void after(Duration delay, Runnable action) {
    at(now + delay.toNanos(), action);
  }

  /** Runs the next event, if it is not after {@code until}; else moves there. */
  boolean step(long until) {
    Event next = events.peek();
    if (next == null || next.at > until) {
      now = until;
      return false;
    }
    events.remove();
    now = next.at;
    next.action.run();
    return true;
  }
}
