package io.farshore.client;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls services of Farshore: bearer token, time-outs, trace context, a bounded answer, problem
 * documents as {@link FarshoreException}s. Blocks the calling thread; waits in vain no longer than
 * the request's time-out.
 */
public final class ServiceClient implements AutoCloseable {
  /** Ample for a page of any resource; a larger answer is a defect of the other side. */
  public static final int ANSWER_BYTES_MAX = 8 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http;
  private final ObjectMapper json = FarshoreJson.lenient();
  private final Supplier<String> token;
  private final Supplier<Optional<String>> traceparent;

  /**
   * @param token the bearer token, asked for before each request
   * @param traceparent the W3C trace context to pass on, if there is one
   */
  public ServiceClient(Supplier<String> token, Supplier<Optional<String>> traceparent) {
    this.token = token;
    this.traceparent = traceparent;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Reads a resource. */
  public <T> Answer<T> get(URI uri, Class<T> type, Duration timeout) {
    return call(Request.get(uri).within(timeout), json.constructType(type));
  }

  /** Reads a resource whose type has parameters, for example a page of runs. */
  public <T> Answer<T> get(URI uri, JavaType type, Duration timeout) {
    return call(Request.get(uri).within(timeout), type);
  }

  /** The type of {@code Page<item>} and the like, for {@link #get(URI, JavaType, Duration)}. */
  public JavaType typeOf(Class<?> generic, Class<?>... parameters) {
    return json.getTypeFactory().constructParametricType(generic, parameters);
  }

  /** Sends {@code body} and reads the answer. */
  public <T> Answer<T> send(Request request, Class<T> type) {
    return call(request, json.constructType(type));
  }

  private <T> Answer<T> call(Request request, JavaType type) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(request.timeout())
            .header("Authorization", "Bearer " + token.get())
            .header("Accept", "application/json, application/problem+json");
    traceparent.get().ifPresent(context -> builder.header("traceparent", context));
    request.headers().forEach(builder::header);
    builder.method(request.method(), publisher(request.body()));
    if (request.body() != null) {
      builder.header("Content-Type", "application/json");
    }
    // The request's own time-out ends with the header; this one holds for the body too.
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(
            builder.build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    try {
      return read(
          request.uri(), exchange.get(request.timeout().toMillis(), TimeUnit.MILLISECONDS), type);
    } catch (TimeoutException e) {
      throw failure(ClientErrors.TIMED_OUT, "The service did not answer in time", request, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // How the JDK says that the limit was passed; a test would notice if it changed its words.
      if (String.valueOf(cause.getMessage()).startsWith("body exceeds capacity")) {
        throw failure(ClientErrors.UNREADABLE, "The answer is too long", request, cause);
      }
      throw cause instanceof HttpTimeoutException
          ? failure(ClientErrors.TIMED_OUT, "The service did not answer in time", request, cause)
          : failure(ClientErrors.UNREACHABLE, "The service cannot be reached", request, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ClientErrors.UNREACHABLE, "The call was interrupted", request, e);
    } finally {
      exchange.cancel(true);
    }
  }

  private <T> Answer<T> read(URI uri, HttpResponse<byte[]> response, JavaType type) {
    byte[] body = response.body();
    int status = response.statusCode();
    if (status >= 400) {
      throw Problems.toException(json, uri, status, body);
    }
    try {
      T value = body.length == 0 ? null : json.readValue(body, type);
      return new Answer<>(status, Optional.ofNullable(value), response.headers());
    } catch (IOException e) {
      throw new FarshoreException(
          ClientErrors.UNREADABLE,
          "The answer is not what this version expects",
          Map.of("uri", uri.toString()),
          e);
    }
  }

  private HttpRequest.BodyPublisher publisher(@Nullable Object body) {
    return body == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(
            FarshoreJson.write(json, body), StandardCharsets.UTF_8);
  }

  private static FarshoreException failure(
      ErrorCode code, String message, Request request, Throwable cause) {
    return new FarshoreException(
        code,
        message,
        Map.of(
            "uri", request.uri().toString(),
            "error", String.valueOf(cause.getMessage() == null ? cause : cause.getMessage())),
        cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
