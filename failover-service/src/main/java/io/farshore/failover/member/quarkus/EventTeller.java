package io.farshore.failover.member.quarkus;

import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.DomainEvent;
import io.farshore.kernel.DurableFiles;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.event.NewEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Puts every agreed event into this region's outbox, in order. Remembers durably how far it came: a
 * crash between the two makes it tell some events again under the same ids, and none is left out.
 */
final class EventTeller implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventTeller.class);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  private final Path file;
  private final EventSink sink;
  private final Supplier<ControlState> state;
  private final LoopScheduler thread =
      new LoopScheduler("event-teller", thrown -> LOG.error("Telling events failed", thrown));
  private final AtomicBoolean awake = new AtomicBoolean();
  private long told;

  EventTeller(Path file, EventSink sink, Supplier<ControlState> state) {
    this.file = file;
    this.sink = sink;
    this.state = state;
    this.told = load(file);
  }

  /** Something may have been agreed on. Never blocks. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      thread.schedule(Duration.ZERO, this::tell);
    }
  }

  private void tell() {
    awake.set(false);
    List<DomainEvent> due =
        state.get().events().stream().filter(event -> event.index() > told).toList();
    if (due.isEmpty()) {
      return;
    }
    try {
      for (DomainEvent event : due) {
        NewEvent fresh =
            NewEvent.of(event.type(), event.subject(), event.data()).withId(event.id());
        sink.publish(
            event.traceparent() == null ? fresh : fresh.withTraceparent(event.traceparent()));
      }
      // All events of one command have one index, and all of them are told now.
      store(due.getLast().index());
    } catch (FarshoreException | UncheckedIOException outboxFailed) {
      LOG.error("Events could not be stored and will be told again", outboxFailed);
      thread.schedule(RETRY_PAUSE, this::wake);
    }
  }

  private static long load(Path file) {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException damaged) {
      LOG.warn("How far events were told cannot be read; telling those still known again");
      return 0;
    }
  }

  private void store(long index) {
    try {
      DurableFiles.replace(file, Long.toString(index).getBytes(StandardCharsets.US_ASCII));
      told = index;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
