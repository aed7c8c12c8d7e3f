package io.farshore.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Bodies of any length in little memory. */
class ProxyStreamingIT {
  private static final long MIB = 1024 * 1024;
  private static final long LENGTH = 100 * MIB;

  /** Water marks, socket reads and arenas of a few connections; far below a body. */
  private static final long MEMORY_MAX = 24 * MIB;

  @Test
  void a_hundred_megabytes_pass_both_ways_at_once_in_little_memory() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  byte[] buffer = new byte[48 * 1024];
                  for (long left = LENGTH; left > 0; ) {
                    int n = connection.in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    left -= n;
                    connection.out.write((Integer.toHexString(n) + "\r\n").getBytes(ascii()));
                    connection.out.write(buffer, 0, n);
                    connection.out.write("\r\n".getBytes(ascii()));
                  }
                  connection.send("0\r\n\r\n");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      long before = used();
      long most = 0;
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        CRC32C sent = new CRC32C();
        CompletableBody writer = new CompletableBody(client, sent);
        Thread writing = Thread.ofVirtual().start(writer);
        assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        CRC32C received = new CRC32C();
        long total = 0;
        for (int size = chunk(client); size > 0; size = chunk(client)) {
          byte[] data = client.in.readNBytes(size);
          received.update(data);
          total += size;
          client.readLine();
          most = Math.max(most, used() - before);
        }
        writing.join();
        assertThat(writer.failure).isNull();
        assertThat(total).isEqualTo(LENGTH);
        assertThat(received.getValue()).isEqualTo(sent.getValue());
      }
      assertThat(most).isLessThan(MEMORY_MAX);
    }
  }

  @Test
  void a_client_that_reads_slowly_slows_the_application_and_fills_no_memory() throws Exception {
    AtomicLong written = new AtomicLong();
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
                  byte[] piece = new byte[64 * 1024];
                  for (long left = LENGTH; left > 0; left -= piece.length) {
                    connection.socket.getOutputStream().write(piece);
                    written.addAndGet(piece.length);
                  }
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      long before = used();
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).contains("Content-Length: " + LENGTH);
        awaitStandstill(written);
        assertThat(written.get()).isLessThan(LENGTH / 2);
        assertThat(used() - before).isLessThan(MEMORY_MAX);

        long total = 0;
        byte[] buffer = new byte[256 * 1024];
        while (total < LENGTH) {
          total += client.in.read(buffer);
        }
        assertThat(total).isEqualTo(LENGTH);
      }
    }
  }

  @Test
  void an_application_that_reads_slowly_slows_the_client_and_fills_no_memory() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  go.await(20, TimeUnit.SECONDS);
                  connection.in.skipNBytes(LENGTH);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      long before = used();
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        CompletableBody writer = new CompletableBody(client, new CRC32C());
        Thread writing = Thread.ofVirtual().start(writer);
        awaitStandstill(writer.written);
        assertThat(writer.written.get()).isLessThan(LENGTH / 2);
        assertThat(used() - before).isLessThan(MEMORY_MAX);
        go.countDown();
        writing.join();
        assertThat(ProxyWorld.answer(client)).endsWith("ok");
      }
    }
  }

  /** Waits until {@code counter} has begun and then not moved for a while. */
  private static void awaitStandstill(AtomicLong counter) throws InterruptedException {
    ProxyWorld.await(() -> counter.get() > 0);
    AtomicLong last = new AtomicLong(-1);
    ProxyWorld.await(
        () -> {
          long seen = counter.get();
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return last.getAndSet(counter.get()) == seen && counter.get() == seen;
        });
  }

  private static int chunk(RawUpstream.Connection client) throws IOException {
    return Integer.parseInt(client.readLine(), 16);
  }

  private static java.nio.charset.Charset ascii() {
    return java.nio.charset.StandardCharsets.US_ASCII;
  }

  private static long used() {
    return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** Sends a POST with a long body whose every part differs. */
  private static final class CompletableBody implements Runnable {
    private final RawUpstream.Connection client;
    private final CRC32C sum;
    final AtomicLong written = new AtomicLong();
    volatile @org.jspecify.annotations.Nullable Exception failure;

    CompletableBody(RawUpstream.Connection client, CRC32C sum) {
      this.client = client;
      this.sum = sum;
    }

    @Override
    public void run() {
      try {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        byte[] piece = new byte[64 * 1024];
        for (long left = LENGTH; left > 0; left -= piece.length) {
          java.nio.ByteBuffer.wrap(piece).putLong(left);
          sum.update(piece);
          client.socket.getOutputStream().write(piece);
          written.addAndGet(piece.length);
        }
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
