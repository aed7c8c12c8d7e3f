package io.farshore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ServiceClientTest {
  private static final String LEASE =
      """
      {"application":"ledger","holder":"us-east","epoch":3,"duration":"PT5S",
       "renewedAt":"2026-11-21T03:00:00Z","expired":false,"addedLater":1}
      """;

  private final CountDownLatch never = new CountDownLatch(1);
  private HttpServer server;
  private ServiceClient client;
  private String seenToken;
  private String seenTrace;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    client =
        new ServiceClient(
            () -> "the-token",
            () -> Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    server.start();
  }

  @AfterEach
  void stop() {
    never.countDown();
    client.close();
    server.stop(0);
  }

  private URI answering(int status, byte[] body) {
    server.createContext(
        "/",
        exchange -> {
          seenToken = exchange.getRequestHeaders().getFirst("Authorization");
          seenTrace = exchange.getRequestHeaders().getFirst("traceparent");
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/leases");
  }

  private URI answering(int status, String body) {
    return answering(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private FarshoreException failure(URI uri, ErrorCode code) {
    FarshoreException[] seen = new FarshoreException[1];
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> client.get(uri, LeaseView.class, Duration.ofSeconds(5)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> seen[0] = e);
    return seen[0];
  }

  @Test
  void readsARecordAndIgnoresFieldsItDoesNotKnow() {
    var answer = client.get(answering(200, LEASE), LeaseView.class, Duration.ofSeconds(5));

    assertThat(answer.value().duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(seenToken).isEqualTo("Bearer the-token");
    assertThat(seenTrace).startsWith("00-4bf92f3577b34da6");
  }

  @Test
  void anAnswerWithoutABodyIsEmpty() {
    assertThat(client.get(answering(304, ""), LeaseView.class, Duration.ofSeconds(5)).body())
        .isEmpty();
  }

  @Test
  void aProblemKeepsItsCode() {
    FarshoreException e =
        failure(
            answering(
                409,
                """
                {"type":"urn:farshore:problem:lease-not-held","title":"t","status":409,
                 "detail":"The lease is not held","code":"lease-not-held","retryable":true,
                 "context":{"holder":"eu-west"},"errors":[],"traceId":"abc"}
                """),
            new ErrorCode("lease-not-held", io.farshore.kernel.ErrorCategory.CONFLICT, true));
    assertThat(e).hasMessage("The lease is not held");
    assertThat(e.context()).containsEntry("holder", "eu-west").containsEntry("traceId", "abc");
  }

  @Test
  void anErrorThatIsNoProblemKeepsItsStatus() {
    assertThat(
            failure(
                    answering(502, "<html>Bad gateway</html>"),
                    new ErrorCode("http-502", io.farshore.kernel.ErrorCategory.INTERNAL, true))
                .context())
        .containsEntry("status", "502");
  }

  @Test
  void whatItCannotReadIsRefused() {
    failure(answering(200, "<html>"), ClientErrors.UNREADABLE);
  }

  @Test
  void aRecordWithoutARequiredFieldIsRefused() {
    failure(answering(200, "{\"application\":\"ledger\"}"), ClientErrors.UNREADABLE);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    failure(answering(200, new byte[ServiceClient.ANSWER_BYTES_MAX + 1]), ClientErrors.UNREADABLE);
  }

  @Test
  void nobodyThereIsRetryable() {
    server.stop(0);
    int port = server.getAddress().getPort();
    assertThat(
            failure(URI.create("http://127.0.0.1:" + port + "/"), ClientErrors.UNREACHABLE)
                .code()
                .retryable())
        .isTrue();
  }

  @Test
  void silenceEndsWithTheTimeOut() {
    server.createContext(
        "/",
        exchange -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> client.get(uri, LeaseView.class, Duration.ofMillis(200)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ClientErrors.TIMED_OUT));
  }

  /** Headers come, the body does not: the limit is on the whole exchange. */
  @Test
  void aBodyThatNeverComesEndsWithTheTimeOut() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> client.get(uri, LeaseView.class, Duration.ofMillis(300)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ClientErrors.TIMED_OUT));
  }
}
