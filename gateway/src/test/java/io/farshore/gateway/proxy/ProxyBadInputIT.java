package io.farshore.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are not requests, or two at once. None may reach the application. */
class ProxyBadInputIT {
  static List<String> smuggling() {
    String start = "POST / HTTP/1.1\r\nHost: a\r\n";
    String end = "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    return List.of(
        start + "Content-Length: 5\r\nTransfer-Encoding: chunked" + end,
        start + "Transfer-Encoding: chunked\r\nContent-Length: 5" + end,
        start + "Content-Length: 5\r\nContent-Length: 6" + end,
        start + "Content-Length: 5\r\nContent-Length: 5" + end,
        start + "Content-Length: 5, 6" + end,
        start + "Content-Length: +5" + end,
        start + "Content-Length: -5" + end,
        start + "Content-Length: 0x5" + end,
        start + "Content-Length: 5 5" + end,
        start + "Content-Length: 99999999999999999999" + end,
        start + "Content-Length:" + end,
        start + "Transfer-Encoding: xchunked" + end,
        start + "Transfer-Encoding: gzip, chunked" + end,
        start + "Transfer-Encoding: chunked, chunked" + end,
        start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity" + end,
        start + "Transfer-Encoding: identity" + end,
        start + "Transfer-Encoding : chunked" + end,
        start + "Transfer-Encoding\t: chunked" + end,
        start + "Transfer-Encoding: \u000bchunked" + end,
        start + "Trans\u0000fer-Encoding: chunked" + end,
        start + "X: a\nTransfer-Encoding: chunked" + end,
        start + "X: a\rTransfer-Encoding: chunked" + end,
        start + "X: a\u0000b" + end,
        start + " Content-Length: 5" + end,
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked" + end,
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\nX:\u0000\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET / FTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\r\n\r\n",
        "G{}T / HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("smuggling")
  void what_can_be_read_in_two_ways_is_refused_and_the_connection_closed(String request)
      throws Exception {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send(request);
        String answer = ProxyWorld.answer(client);
        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|501|505) .*").contains("problem+json");
        assertThat(client.in.read()).isEqualTo(-1);
      }
      assertThat(east.heads).isEmpty();
      assertThat(west.heads).isEmpty();
    }
  }

  @Test
  void a_broken_chunk_cuts_the_request_off_and_is_told() throws Exception {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      for (String chunk :
          List.of("zz\r\nhello\r\n", "-1\r\nx\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\nhello\r\n")) {
        String answer =
            world.ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        assertThat(answer).as(chunk).startsWith("HTTP/1.1 400").contains("Connection: close");
      }
      ProxyWorld.await(() -> east.connections() == 0);
    }
  }

  @Test
  void heads_beyond_the_limit_are_refused() throws Exception {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      assertThat(world.ask("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 414");
      assertThat(world.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431");
      assertThat(world.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
          .endsWith("east");
    }
  }

  @Test
  void noise_never_reaches_the_application_and_never_stops_the_gateway() throws Exception {
    Random random = new Random(20261121);
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      for (int i = 0; i < 300; i++) {
        byte[] noise = new byte[1 + random.nextInt(600)];
        random.nextBytes(noise);
        noise[0] = (byte) (128 + random.nextInt(100));
        RawUpstream.Connection client = world.connect();
        try (client.socket) {
          client.out.write(noise);
          client.out.write("\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          client.out.flush();
          assertThat(ProxyWorld.answer(client)).startsWith("HTTP/1.1 4");
        } catch (SocketException e) {
          // Reset before everything was written: refused as well.
          assertThat(e).isNotNull();
        }
      }
      assertThat(east.heads).isEmpty();
      assertThat(world.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("east");
    }
  }

  @Test
  void an_application_that_talks_nonsense_is_a_bad_gateway() throws IOException {
    for (String nonsense :
        List.of(
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "a".repeat(40_000) + "\r\n\r\n")) {
      try (RawUpstream east =
              new RawUpstream(
                  (_, connection) -> {
                    connection.send(nonsense);
                    return true;
                  });
          RawUpstream west = RawUpstream.answering("west");
          ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
        assertThat(world.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            .as(nonsense)
            .startsWith("HTTP/1.1 502")
            .contains("upstream-invalid-response");
      }
    }
  }

  @Test
  void bytes_nobody_asked_for_do_not_become_the_next_answer() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"
                          + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        for (int i = 0; i < 5; i++) {
          client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
          assertThat(ProxyWorld.answer(client)).endsWith("good");
        }
      }
    }
  }
}
