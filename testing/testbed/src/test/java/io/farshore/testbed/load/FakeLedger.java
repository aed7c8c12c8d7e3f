package io.farshore.testbed.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Answers with books that were made up. */
final class FakeLedger implements AutoCloseable {
  private final HttpServer server;

  FakeLedger(List<UUID> booked, long transfers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    String ids =
        booked.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    server.createContext("/transfer-lookups", call -> answer(call, "{\"ids\":" + ids + "}"));
    server.createContext(
        "/invariant",
        call ->
            answer(
                call,
                "{\"holds\":true,\"accounts\":1,\"transfers\":%d,\"totalBalance\":0}"
                    .formatted(transfers)));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange call, String body) throws IOException {
    try (call) {
      call.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(200, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
