package io.farshore.replication.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import io.farshore.replication.lag.LinkEvent;
import io.farshore.replication.lag.LinkKey;
import io.farshore.replication.watch.LinkEvents;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkEventsTest {
  private static final LinkKey LINK =
      new LinkKey(new ApplicationId("ledger"), new RegionId("us-east"), new RegionId("eu-west"));

  @Test
  void the_events_have_the_fields_that_are_documented_and_no_other() {
    List<PublishedEvent> published = new ArrayList<>();
    LinkEvents events =
        new WatchBeans()
            .linkEvents(
                event -> {
                  published.add(new PublishedEvent(event.type(), event.subject(), event.data()));
                  return "id";
                });

    Duration lag = Duration.ofSeconds(40);
    for (LinkEvent.Level level : LinkEvent.Level.values()) {
      events.publish(new LinkEvent.LagBreached(LINK, level, lag, Duration.ofSeconds(30)));
    }
    events.publish(new LinkEvent.LagRecovered(LINK, Duration.ZERO));
    events.publish(new LinkEvent.LinkLost(LINK));
    events.publish(new LinkEvent.LinkRestored(LINK));

    assertThat(EventDocument.ofRepository().differences("io.farshore.replication.", published))
        .isEmpty();
  }
}
