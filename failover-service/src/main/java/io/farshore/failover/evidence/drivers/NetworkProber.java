package io.farshore.failover.evidence.drivers;

import io.farshore.failover.evidence.Endpoint;
import io.farshore.failover.evidence.EndpointKind;
import io.farshore.failover.evidence.EndpointProber;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.AddressBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Probes over the network. An HTTP endpoint serves if it answers at all: what it answers is for the
 * gateways to judge. A database serves if it answers PostgreSQL's own greeting, which takes a
 * process of its own on the server's side; an open port is not enough.
 */
public final class NetworkProber implements EndpointProber, AutoCloseable {
  /** SSLRequest: the length, and the code 1234.5679 (PostgreSQL, "Message Formats"). */
  private static final int SSL_REQUEST_CODE = 80_877_103;

  private static final int SSL_REQUEST_BYTES = 8;

  private final AddressBook addresses;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;

  public NetworkProber(AddressBook addresses) {
    this.addresses = addresses;
    this.http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  }

  @Override
  public boolean knows(Endpoint endpoint) {
    return address(endpoint).isPresent();
  }

  @Override
  public CompletionStage<Void> probe(Endpoint endpoint, Duration timeout) {
    io.farshore.quarkus.region.Endpoint address = address(endpoint).orElseThrow();
    return endpoint.kind() == EndpointKind.DATABASE
        ? CompletableFuture.runAsync(() -> greet(address, timeout), threads)
        : answer(address.resolve("/"), timeout);
  }

  private CompletionStage<Void> answer(URI uri, Duration timeout) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
    CompletableFuture<Void> answered =
        http.sendAsync(request, BodyHandlers.discarding()).thenAccept(response -> {});
    // The request's own time-out does not cover a body that never ends.
    return answered.orTimeout(timeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  private static void greet(io.farshore.quarkus.region.Endpoint address, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    try (Socket socket = new Socket()) {
      long started = System.nanoTime();
      socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
      long spent = Duration.ofNanos(System.nanoTime() - started).toMillis();
      socket.setSoTimeout(Math.max(1, millis - Math.toIntExact(spent)));
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(SSL_REQUEST_BYTES)
                  .putInt(SSL_REQUEST_BYTES)
                  .putInt(SSL_REQUEST_CODE)
                  .array());
      int answer = socket.getInputStream().read();
      if (answer != 'S' && answer != 'N') {
        throw new IOException("no PostgreSQL answers here");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<io.farshore.quarkus.region.Endpoint> address(Endpoint endpoint) {
    RegionId region = new RegionId(endpoint.region());
    return switch (endpoint.kind()) {
      case GATEWAY ->
          // The management port answers for the process; the data plane for the application too.
          addresses.find(region, "gateway-management").or(() -> addresses.find(region, "gateway"));
      case CONTROL -> addresses.find(region, "failover-service");
      case DATABASE -> addresses.find(region, endpoint.application() + "-database");
      case APPLICATION -> addresses.find(region, String.valueOf(endpoint.application()));
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
