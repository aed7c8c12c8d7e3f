package io.farshore.replication.wiring;

import io.farshore.replication.lag.LinkEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The fields of an event about a link. */
final class EventData {
  private EventData() {}

  static Map<String, Object> of(LinkEvent event) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("application", event.link().application().value());
    data.put("from", event.link().from().value());
    data.put("to", event.link().to().value());
    switch (event) {
      case LinkEvent.LagBreached breached -> {
        data.put("level", breached.level().name().toLowerCase(Locale.ROOT));
        data.put("lag", breached.lag().toString());
        data.put("threshold", breached.threshold().toString());
      }
      case LinkEvent.LagRecovered recovered -> data.put("lag", recovered.lag().toString());
      case LinkEvent.LinkLost lost -> {}
      case LinkEvent.LinkRestored restored -> {}
    }
    return data;
  }
}
