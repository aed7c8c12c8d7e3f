package io.farshore.client;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method GET, PUT or POST
 * @param uri absolute
 * @param headers beside those the client sets
 * @param body written as JSON; absent for none
 * @param timeout for the whole exchange
 */
public record Request(
    String method, URI uri, Map<String, String> headers, @Nullable Object body, Duration timeout) {
  /** Long enough for a read of another region on a bad day. */
  public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);

  public Request {
    headers = Map.copyOf(headers);
  }

  public static Request get(URI uri) {
    return new Request("GET", uri, Map.of(), null, TIMEOUT_DEFAULT);
  }

  public static Request put(URI uri, Object body) {
    return new Request("PUT", uri, Map.of(), body, TIMEOUT_DEFAULT);
  }

  /** A command; {@code idempotencyKey} makes it safe to repeat. */
  public static Request post(URI uri, Object body, String idempotencyKey) {
    return new Request(
        "POST", uri, Map.of("Idempotency-Key", idempotencyKey), body, TIMEOUT_DEFAULT);
  }

  public Request with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Request(method, uri, more, body, timeout);
  }

  public Request within(Duration limit) {
    return new Request(method, uri, headers, body, limit);
  }
}
