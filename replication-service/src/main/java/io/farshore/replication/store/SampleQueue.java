package io.farshore.replication.store;

import io.farshore.kernel.MonotonicInstant;
import io.farshore.replication.lag.LinkReading;
import io.farshore.replication.watch.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Holds samples until they are stored; when full, new ones are dropped. Thread-safe. */
public final class SampleQueue implements Samples {
  /** An hour of two links at one look a second. */
  static final int SAMPLES_MAX = 7_200;

  private final BlockingQueue<Sample> waiting = new ArrayBlockingQueue<>(SAMPLES_MAX);
  private final AtomicLong dropped = new AtomicLong();

  @Override
  public void add(LinkReading reading, MonotonicInstant now) {
    Sample sample =
        new Sample(
            reading.observed().wall(),
            reading.link().application().value(),
            reading.link().from().value(),
            reading.link().to().value(),
            reading.state().label(),
            reading.lagBytes(),
            reading.lag(now),
            reading.exposedBytes(),
            reading.exposure(now));
    if (!waiting.offer(sample)) {
      dropped.incrementAndGet();
    }
  }

  /** Up to {@code max} of the oldest, which stay until they are {@link #forget forgotten}. */
  List<Sample> oldest(int max) {
    return waiting.stream().limit(max).toList();
  }

  /** They are stored. */
  void forget(int count) {
    waiting.drainTo(new ArrayList<>(count), count);
  }

  /** Samples dropped since start because the database was away for too long. */
  public long dropped() {
    return dropped.get();
  }

  public int size() {
    return waiting.size();
  }
}
