package io.farshore.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A server that speaks the contracts of all services of one region. */
final class FakeRegion implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Supplier<Object>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();

  FakeRegion() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers {@code METHOD /path?query}; a problem is answered with its own status. */
  FakeRegion answer(String request, Supplier<Object> answer) {
    answers.put(request, answer);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** What a service knows a command by: its key, its route and its body. */
  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    synchronized (this) {
      requests.add(request + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      bodies.add(body);
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      if (key != null) {
        commands.add(key + " " + request + " " + body);
      }
    }
    Supplier<Object> known = answers.get(request);
    Object answer =
        known == null
            ? new Problem(
                "urn:farshore:problem:path-unknown",
                "Not here",
                404,
                "The test has no answer to " + request,
                null,
                "path-unknown",
                false,
                new HashMap<>(),
                List.of(),
                null)
            : known.get();
    int status =
        answer instanceof Problem problem
            ? problem.status()
            : exchange.getRequestMethod().equals("POST") ? 202 : 200;
    byte[] json =
        FarshoreJson.write(FarshoreJson.lenient(), answer).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
