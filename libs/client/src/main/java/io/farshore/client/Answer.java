package io.farshore.client;

import io.farshore.kernel.FarshoreException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A good answer (status below 400).
 *
 * @param status of the response
 * @param body absent if the response had none, for example 304
 * @param headers of the response
 */
public record Answer<T>(int status, Optional<T> body, HttpHeaders headers) {
  /** The body, where the contract promises one. */
  public T value() {
    return body.orElseThrow(
        () -> new FarshoreException(ClientErrors.UNREADABLE, "The answer has no body"));
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
