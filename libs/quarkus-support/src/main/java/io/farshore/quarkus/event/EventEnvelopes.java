package io.farshore.quarkus.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.event.CloudEvent;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.RegionId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts what happened into a CloudEvents envelope. Thread-safe. */
public final class EventEnvelopes {
  /** Events tell what happened; bulk belongs into resources they point to. */
  public static final int EVENT_CHARS_MAX = 64 * 1024;

  private static final Pattern TYPE_FORM =
      Pattern.compile("io\\.farshore\\.[a-z-]+\\.[a-z-]+\\.[a-z-]+\\.v[0-9]+");

  private final String source;
  private final Clock clock;
  private final IdGenerator ids;
  private final Supplier<Optional<String>> traceparent;
  private final ObjectMapper json = FarshoreJson.lenient();

  public EventEnvelopes(
      RegionId region,
      String service,
      Clock clock,
      IdGenerator ids,
      Supplier<Optional<String>> traceparent) {
    this.source = "/regions/" + region + "/" + service;
    this.clock = clock;
    this.ids = ids;
    this.traceparent = traceparent;
  }

  /**
   * The event as it will be sent.
   *
   * @throws FarshoreException {@code event-too-large}
   * @throws IllegalArgumentException if type, subject or data have not the form of an event
   */
  public StoredEvent wrap(NewEvent event) {
    if (!TYPE_FORM.matcher(event.type()).matches()) {
      throw new IllegalArgumentException(
          "an event's type must look like io.farshore.<service>.<noun>.<past-participle>.v1");
    }
    if (event.subject().isBlank()) {
      throw new IllegalArgumentException("an event needs a subject");
    }
    String id = event.id() == null ? ids.next().toString() : event.id();
    Map<String, Object> data = new LinkedHashMap<>(event.data());
    CloudEvent envelope =
        new CloudEvent(
            "1.0",
            id,
            source,
            event.type(),
            event.subject(),
            clock.instant(),
            "application/json",
            context(event.traceparent()),
            data);
    String text = write(envelope);
    if (text.length() > EVENT_CHARS_MAX) {
      throw new FarshoreException(
          EventErrors.EVENT_TOO_LARGE,
          "The event is larger than any event may be",
          Map.of("type", event.type(), "chars", Integer.toString(text.length())));
    }
    return new StoredEvent(id, text);
  }

  private @Nullable String context(@Nullable String given) {
    return given != null ? given : traceparent.get().orElse(null);
  }

  private String write(CloudEvent envelope) {
    try {
      return json.writeValueAsString(envelope);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event's data must be JSON values", e);
    }
  }
}
