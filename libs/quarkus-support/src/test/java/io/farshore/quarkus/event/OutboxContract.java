package io.farshore.quarkus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox does, wherever it keeps its events. */
abstract class OutboxContract {
  /** An empty outbox. */
  abstract Outbox outbox() throws Exception;

  abstract void append(Outbox outbox, String id) throws Exception;

  /** The same events as after the process was killed and started again. */
  abstract Outbox reopened(Outbox outbox) throws Exception;

  static List<String> drainAll(Outbox outbox) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    while (outbox.drain(
            7,
            events -> {
              events.forEach(event -> ids.add(event.id()));
              return events.size();
            })
        > 0) {
      // Until nothing is left.
    }
    return ids;
  }

  @Test
  void eventsComeOutInTheOrderTheyWentIn() throws Exception {
    Outbox outbox = outbox();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add("event-" + i);
      append(outbox, "event-" + i);
    }

    assertThat(drainAll(outbox)).isEqualTo(ids);
    assertThat(drainAll(outbox)).isEmpty();
  }

  @Test
  void whatWasNotConfirmedComesAgain() throws Exception {
    Outbox outbox = outbox();
    append(outbox, "a");
    append(outbox, "b");
    append(outbox, "c");

    assertThat(outbox.drain(10, events -> 1)).isEqualTo(1);

    assertThat(drainAll(outbox)).containsExactly("b", "c");
  }

  @Test
  void aDeliveryThatFailsLosesNothing() throws Exception {
    Outbox outbox = outbox();
    append(outbox, "a");

    assertThatThrownBy(
            () ->
                outbox.drain(
                    10,
                    events -> {
                      throw new IllegalStateException("killed here");
                    }))
        .hasMessage("killed here");

    assertThat(drainAll(outbox)).containsExactly("a");
  }

  @Test
  void aRestartKeepsWhatWasStoredAndForgetsWhatWasConfirmed() throws Exception {
    Outbox outbox = outbox();
    append(outbox, "a");
    append(outbox, "b");
    append(outbox, "c");
    outbox.drain(2, List::size);

    Outbox again = reopened(outbox);
    append(again, "d");

    assertThat(drainAll(again)).containsExactly("c", "d");
  }

  @Test
  void waitingEndsWhenThereIsNothingToo() throws Exception {
    Outbox outbox = outbox();
    outbox.awaitEvents(1);
    assertThat(drainAll(outbox)).isEmpty();
  }
}
