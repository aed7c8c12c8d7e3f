package io.farshore.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.audit.event.EventReading;
import io.farshore.audit.record.OcsfRecords;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.RegionId;
import io.farshore.testing.event.EventDocument;
import io.farshore.tlog.writer.Recovery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnEventsTest {
  private final OwnEvents events =
      new OwnEvents(
          new RegionId("us-east"),
          new OcsfRecords("us-east.audit.example"),
          Clock.systemUTC(),
          IdGenerator.timeOrdered(Clock.systemUTC()));

  @Test
  void theEventsHaveTheFieldsThatAreDocumentedAndNoOther() {
    List<PreparedEntry> entries =
        List.of(
            events.started(new Recovery(7, 2, 0, true)),
            events.stopped(),
            events.read("ada", "192.0.2.1:5", "entries", Map.of("from", 0L, "count", 50)),
            events.read("mirror", "192.0.2.2:5", "proofs", Map.of("readsSinceLastEntry", 12L)),
            events.rejected(new EventReading.Poison("it has no id", "0".repeat(64), 9)));

    assertThat(
            EventDocument.ofRepository()
                .differences(
                    "io.farshore.audit.",
                    entries.stream()
                        .map(entry -> new String(entry.entry(), StandardCharsets.UTF_8))
                        .map(LoggedEvents::of)
                        .toList()))
        .isEmpty();
  }
}
