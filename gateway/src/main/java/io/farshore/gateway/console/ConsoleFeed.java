package io.farshore.gateway.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.gateway.console.ConsoleSources.Source;
import io.farshore.gateway.rest.RouteViews;
import io.farshore.gateway.wiring.Gateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Puts the page's data together once a second while someone looks. Thread-safe. */
final class ConsoleFeed implements Runnable {
  /** Each is a person; more are a mistake. */
  static final int VIEWERS_MAX = 32;

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final ConsoleSources sources;
  private final EventTail events;
  private final Clock clock;
  private final ObjectMapper json = FarshoreJson.lenient();
  private final ConcurrentMap<String, ConsoleBlock> blocks = new ConcurrentHashMap<>();
  private final Set<Consumer<String>> viewers = ConcurrentHashMap.newKeySet();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final Object wake = new Object();

  ConsoleFeed(Gateway gateway, ConsoleSources sources, EventTail events, Clock clock) {
    this.gateway = gateway;
    this.sources = sources;
    this.events = events;
    this.clock = clock;
  }

  /** Sends every snapshot to {@code viewer}; answers whether there was room for one more. */
  boolean add(Consumer<String> viewer) {
    synchronized (wake) {
      if (viewers.size() >= VIEWERS_MAX) {
        return false;
      }
      viewers.add(viewer);
      wake.notifyAll();
      return true;
    }
  }

  void remove(Consumer<String> viewer) {
    viewers.remove(viewer);
  }

  /** Runs until the thread is interrupted. */
  @Override
  public void run() {
    Map<String, Source> all = sources.all();
    all.keySet().forEach(name -> blocks.put(name, ConsoleBlock.never(clock.instant())));
    try {
      while (!Thread.currentThread().isInterrupted()) {
        synchronized (wake) {
          while (viewers.isEmpty()) {
            wake.wait();
          }
        }
        all.forEach(this::refresh);
        // Fast answers make it into this round, slow ones into a later one.
        Thread.sleep(INTERVAL.dividedBy(4));
        String snapshot = snapshot();
        viewers.forEach(viewer -> viewer.accept(snapshot));
        Thread.sleep(INTERVAL.multipliedBy(3).dividedBy(4));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // One thread for each block: a source that hangs must not age the others.
  private void refresh(String name, Source source) {
    if (asking.add(name)) {
      Thread.ofVirtual()
          .name("console-" + name)
          .start(
              () -> {
                try {
                  ConsoleBlock before =
                      blocks.getOrDefault(name, ConsoleBlock.never(clock.instant()));
                  blocks.put(name, sources.refresh(source, before));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  asking.remove(name);
                }
              });
    }
  }

  String snapshot() {
    Instant now = clock.instant();
    Map<String, ConsoleBlock> parts = new TreeMap<>(blocks);
    parts.replaceAll((_, block) -> block.at(now));
    try {
      return json.writeValueAsString(
          new ConsoleSnapshot(
              now, RouteViews.routes(gateway), parts, events.latest(), events.live()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a snapshot is always JSON", e);
    }
  }
}
