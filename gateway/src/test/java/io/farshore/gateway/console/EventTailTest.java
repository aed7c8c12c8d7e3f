package io.farshore.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventTailTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final EventTail tail =
      new EventTail(vertx, new SmallRyeConfigBuilder().build(), Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() {
    tail.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void it_keeps_the_latest_and_no_more() {
    for (int i = 0; i < 10 * EventTail.EVENTS_MAX; i++) {
      tail.add(event("e" + i));
    }

    assertThat(tail.latest()).hasSize(EventTail.EVENTS_MAX);
    assertThat(tail.latest().getFirst().id()).isEqualTo("e" + (10 * EventTail.EVENTS_MAX - 1));
  }

  @Test
  void an_event_delivered_twice_is_one() {
    tail.add(event("first"));
    tail.add(event("second"));
    tail.add(event("first"));

    assertThat(tail.latest()).extracting(EventLine::id).containsExactly("second", "first");
  }

  @Test
  void what_cannot_be_read_is_said_to_have_come_now() {
    tail.add("{\"id\": ");
    tail.add("nonsense");

    assertThat(tail.latest())
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.type()).isEqualTo("unreadable");
              assertThat(line.time()).isEqualTo(NOW.toString());
            });
  }

  private static String event(String id) {
    return "{\"id\": \"" + id + "\", \"type\": \"io.farshore.failover.lease.granted.v1\"}";
  }
}
