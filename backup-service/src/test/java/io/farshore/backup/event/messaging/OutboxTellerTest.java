package io.farshore.backup.event.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.RecordedEvents;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.event.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTellerTest {
  private final List<NewEvent> published = new ArrayList<>();
  private final OutboxTeller teller =
      new OutboxTeller(
          event -> {
            published.add(event);
            return String.valueOf(event.id());
          });

  private static BackupEvent event(Optional<String> traceparent) {
    return new BackupEvent("io.farshore.backup.x", "restores/1", Map.of("n", 7), traceparent);
  }

  @Test
  void an_event_is_published_under_its_own_id_in_the_trace_it_goes_back_to() {
    teller.tell(event(Optional.of("00-7-7-01")));
    teller.tell(event(Optional.empty()));

    NewEvent plain =
        NewEvent.of("io.farshore.backup.x", "restores/1", Map.of("n", 7))
            .withId(event(Optional.empty()).id().toString());
    assertThat(published).containsExactly(plain.withTraceparent("00-7-7-01"), plain);
  }

  @Test
  void what_cannot_be_published_was_not_told() {
    OutboxTeller full =
        new OutboxTeller(
            event -> {
              throw new FarshoreException(RecordedEvents.FULL, "The outbox is full");
            });

    assertThatThrownBy(() -> full.tell(event(Optional.empty())))
        .isInstanceOf(FarshoreException.class);
  }
}
