package io.farshore.gateway.proxy;

import java.time.Duration;

/**
 * Limits of the data plane.
 *
 * @param requestsMax requests under way at a time; more are refused at once
 * @param headBytesMax request line and header fields of one message
 * @param connectTimeout to an upstream
 * @param responseTimeout from the last byte of the request to the first of the response
 * @param stallTimeout without a byte in either direction, while a body is under way
 * @param clientIdleTimeout of a client's connection without a whole request
 * @param upstreamIdleTimeout of a pooled connection; below any upstream's own limit
 * @param drainTimeout for requests under way when the process ends
 */
public record ProxySettings(
    int requestsMax,
    int headBytesMax,
    Duration connectTimeout,
    Duration responseTimeout,
    Duration stallTimeout,
    Duration clientIdleTimeout,
    Duration upstreamIdleTimeout,
    Duration drainTimeout) {
  public static final ProxySettings DEFAULT =
      new ProxySettings(
          4096,
          32 * 1024,
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5));
}
