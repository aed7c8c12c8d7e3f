package io.farshore.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farshore.client.FarshoreJson;
import io.farshore.contracts.failover.RoutingTable;
import io.farshore.gateway.table.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A member of the quorum that answers long polls for the routing table as the contract says. */
final class FailoverStub implements AutoCloseable {
  private final HttpServer server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  final AtomicInteger polls = new AtomicInteger();
  private RoutingTable table;
  private boolean closed;

  FailoverStub(long revision, long epoch, String writer) throws IOException {
    table = Tables.table(revision, epoch, writer);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/routing-table", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void publish(long revision, long epoch, String writer) {
    lock.lock();
    try {
      table = Tables.table(revision, epoch, writer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    polls.incrementAndGet();
    String query = exchange.getRequestURI().getQuery();
    long after = Long.parseLong(query.substring("after=".length(), query.indexOf('&')));
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    lock.lock();
    try {
      while (table.revision() <= after && !closed) {
        if (!changed.await(20, TimeUnit.SECONDS)) {
          exchange.sendResponseHeaders(304, -1);
          return;
        }
      }
      if (authorization == null || closed) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] body =
          FarshoreJson.write(FarshoreJson.lenient(), table).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
      exchange.close();
    }
  }

  /** The member dies. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
