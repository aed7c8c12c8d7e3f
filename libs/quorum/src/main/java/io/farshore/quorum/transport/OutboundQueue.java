package io.farshore.quorum.transport;

import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Frames that wait to be sent to one member. The oldest make room for newer ones. Thread-safe. */
final class OutboundQueue {
  /** More frames than this mean that the peer takes none. */
  static final int FRAMES_MAX = 1_024;

  /** The same in bytes. */
  static final long BYTES_MAX = 16L * 1024 * 1024;

  private final MonotonicClock clock;
  private final LinkCounters counters;
  private final Deque<Waiting> frames = new ArrayDeque<>();
  private long bytes;

  private static final class Waiting {
    private final byte[] frame;
    private final MonotonicInstant since;

    Waiting(byte[] frame, MonotonicInstant since) {
      this.frame = frame;
      this.since = since;
    }
  }

  OutboundQueue(MonotonicClock clock, LinkCounters counters) {
    this.clock = clock;
    this.counters = counters;
  }

  synchronized void add(byte[] frame) {
    frames.addLast(new Waiting(frame, clock.now()));
    bytes += frame.length;
    while (frames.size() > FRAMES_MAX || bytes > BYTES_MAX) {
      drop();
    }
  }

  /** The oldest frame still worth sending. */
  synchronized Optional<byte[]> poll() {
    MonotonicInstant now = clock.now();
    while (!frames.isEmpty()
        && now.since(frames.getFirst().since).compareTo(LinkTimes.FRAME_AGE_MAX) > 0) {
      drop();
    }
    if (frames.isEmpty()) {
      return Optional.empty();
    }
    Waiting next = frames.removeFirst();
    bytes -= next.frame.length;
    return Optional.of(next.frame);
  }

  private void drop() {
    bytes -= frames.removeFirst().frame.length;
    counters.dropped.increment();
  }
}
