package io.farshore.testbed.process;

import java.net.http.HttpClient;
import java.time.Duration;

/** One client for all readiness probes; it holds a thread, so one is enough. */
final class Probes {
  static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private Probes() {}
}
