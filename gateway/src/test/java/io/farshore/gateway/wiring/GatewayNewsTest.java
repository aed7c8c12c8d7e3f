package io.farshore.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.health.UpstreamHealth;
import io.farshore.gateway.routing.Routes;
import io.farshore.gateway.routing.Upstream;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayNewsTest {
  private final List<PublishedEvent> published = new ArrayList<>();
  private final GatewayNews news =
      new GatewayNews(
          event -> {
            published.add(new PublishedEvent(event.type(), event.subject(), event.data()));
            return "id";
          },
          Runnable::run);

  @Test
  void theEventsHaveTheFieldsThatAreDocumentedAndNoOther() {
    news.onTableAdopted(Routes.route(1, 7, Routes.EAST), "us-east");
    news.onTableAdopted(Routes.route(2, 8, null), "disk");
    UpstreamHealth down = UpstreamHealth.UNKNOWN.onCheckFailed("refused");
    news.onHealthChanged(Routes.EAST, Upstream.State.UNKNOWN, down);
    news.onHealthChanged(Routes.EAST, down.state(), down.onCheckPassed(Duration.ofMillis(3)));

    assertThat(EventDocument.ofRepository().differences("io.farshore.gateway.", published))
        .isEmpty();
  }
}
