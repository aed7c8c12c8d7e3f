package io.farshore.gateway.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One GET that must be answered with a status of 200 to 299. The connection is kept between. */
public final class HttpUpstreamProbe implements UpstreamProbe {
  private static final int OK_MIN = 200;
  private static final int OK_MAX = 299;

  private final HttpClient http;
  private final HttpRequest request;

  public HttpUpstreamProbe(HttpClient http, URI target, Duration timeout) {
    this.http = http;
    this.request =
        HttpRequest.newBuilder(target).timeout(timeout).header("User-Agent", "farshore").build();
  }

  @Override
  public Duration check() throws IOException, InterruptedException {
    long asked = System.nanoTime();
    // The body says nothing the status does not, and may be of any length.
    HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
    long answered = System.nanoTime();
    if (response.statusCode() < OK_MIN || response.statusCode() > OK_MAX) {
      throw new IOException("answered with status " + response.statusCode());
    }
    return Duration.ofNanos(answered - asked);
  }
}
