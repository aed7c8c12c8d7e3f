package io.farshore.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.gateway.routing.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What passes through, what is changed and what is kept back. */
class ProxyMessagesIT {
  @Test
  void a_read_goes_near_a_write_to_the_writer_and_both_say_where() throws Exception {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      world.routing.adopt(Routes.route(7, 2, Routes.WEST));

      String read = world.ask("GET /a?b=c HTTP/1.1\r\nHost: app.example\r\n\r\n");
      String write =
          world.ask("POST /a HTTP/1.1\r\nHost: app.example\r\nContent-Length: 2\r\n\r\nhi");

      assertThat(read).endsWith("\r\n\r\neast").contains("Farshore-Region: us-east\r\n");
      assertThat(write).endsWith("\r\n\r\nwest").contains("Farshore-Region: eu-west\r\n");
      assertThat(write).contains("Farshore-Epoch: 7\r\n");
      assertThat(east.heads.getFirst())
          .startsWith("GET /a?b=c HTTP/1.1\r\n")
          .contains("Host: app.example\r\n")
          .contains("Farshore-Epoch: 7\r\n")
          .contains("X-Forwarded-For: 127.0.0.1\r\n")
          .contains("Forwarded: for=127.0.0.1;proto=http\r\n")
          .containsPattern("traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\r\n");
      assertThat(west.heads.getFirst()).contains("Content-Length: 2\r\n");
    }
  }

  @Test
  void fields_of_one_connection_and_forged_fields_stay_behind() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: timeout=5\r\n"
                          + "Connection: X-Secret\r\nX-Secret: 1\r\nX-Kept: 2\r\n"
                          + "Farshore-Epoch: 99\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      String answer =
          world.ask(
              "GET / HTTP/1.1\r\nHost: a\r\nConnection: X-Mine, Farshore-Epoch\r\nX-Mine: 1\r\n"
                  + "Keep-Alive: 3\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Connection: x\r\n"
                  + "Farshore-Epoch: 99\r\nFarshore-Region: mars\r\nX-Forwarded-For: 10.0.0.1\r\n"
                  + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                  + "X-Bytes: \u00e4\u00ff\r\n\r\n");

      String seen = east.heads.getFirst();
      assertThat(seen.toLowerCase(Locale.ROOT))
          .doesNotContain("x-mine", "keep-alive", "te:", "upgrade", "proxy-connection", "mars")
          .doesNotContain("farshore-epoch: 99");
      assertThat(seen)
          .contains("X-Forwarded-For: 10.0.0.1, 127.0.0.1\r\n")
          .contains("X-Bytes: \u00e4\u00ff\r\n")
          .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      assertThat(answer)
          .doesNotContain("X-Secret", "Keep-Alive", "Farshore-Epoch: 99")
          .contains("X-Kept: 2", "Set-Cookie: a=1", "Set-Cookie: b=2", "Farshore-Epoch: 1");
    }
  }

  @Test
  void a_refused_write_is_a_problem_and_its_connection_stays() throws Exception {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      world.routing.adopt(Routes.route(2, 2, null));
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        for (int i = 0; i < 3; i++) {
          client.send("POST /t HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
          client.send("x".repeat(5000));
          String answer = ProxyWorld.answer(client);
          assertThat(answer)
              .startsWith("HTTP/1.1 503 ")
              .contains("Retry-After: 1\r\n", "application/problem+json", "\"no-writer\"")
              .contains("\"instance\":\"/t\"");
        }
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(ProxyWorld.answer(client)).endsWith("east");
      }
      assertThat(east.heads).hasSize(1);
    }
  }

  @Test
  void head_and_statuses_without_a_body_end_where_they_should() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  if (head.startsWith("HEAD /chunked")) {
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  } else if (head.startsWith("HEAD")) {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                  } else if (head.startsWith("GET /304")) {
                    connection.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n");
                  } else if (head.startsWith("GET /204")) {
                    connection.send("HTTP/1.1 204 No Content\r\n\r\n");
                  } else {
                    connection.send("HTTP/1.1 200 Fine\r\nContent-Length: 3\r\n\r\nend");
                  }
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).contains("Content-Length: 1234");
        client.send("HEAD /chunked HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
        client.send("GET /304 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 304").contains("Content-Length: 77");
        client.send("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 204").doesNotContain("Content-Length");
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(ProxyWorld.answer(client)).startsWith("HTTP/1.1 200 Fine").endsWith("end");
      }
    }
  }

  @Test
  void chunks_and_trailers_pass_both_ways() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  String body = new String(connection.readBody(head), StandardCharsets.ISO_8859_1);
                  connection.send(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                          + Integer.toHexString(body.length())
                          + ";ext=1\r\n"
                          + body
                          + "\r\n0\r\nX-Sum: 9\r\n\r\n");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      String answer =
          world.ask(
              "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "5\r\nhello\r\n1\r\n!\r\n0\r\nX-Check: 7\r\n\r\n");

      assertThat(answer).endsWith("\r\n\r\nabchello![X-Check: 7][X-Sum: 9]");
      assertThat(east.heads.getFirst()).doesNotContain("Content-Length");
    }
  }

  @Test
  void an_http10_client_gets_a_chunked_answer_without_chunks() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  connection.send(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                          + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        String all = new String(client.in.readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(all).endsWith("\r\n\r\nabcdef").contains("Connection: close");
      }
      assertThat(east.heads.getFirst()).startsWith("GET / HTTP/1.1\r\n");
    }
  }

  @Test
  void an_answer_that_runs_to_the_end_of_its_connection_is_chunked() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (_, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
                  return false;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        for (int i = 0; i < 2; i++) {
          client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
          assertThat(ProxyWorld.answer(client))
              .contains("Transfer-Encoding: chunked")
              .endsWith("\r\n\r\nto the end");
        }
      }
    }
  }

  @Test
  void requests_sent_ahead_are_answered_in_order() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  String path = head.substring(4, head.indexOf(' ', 4));
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        StringBuilder ahead = new StringBuilder();
        for (int i = 0; i < 50; i++) {
          ahead.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        client.send(ahead.toString());
        for (int i = 0; i < 50; i++) {
          assertThat(ProxyWorld.answer(client)).endsWith("\r\n\r\n/" + i);
        }
      }
      assertThat(east.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_client_that_asks_before_sending_gets_the_applications_own_word() throws Exception {
    try (RawUpstream east =
            new RawUpstream(
                (head, connection) -> {
                  assertThat(head).contains("Expect: 100-continue");
                  if (head.startsWith("POST /no")) {
                    connection.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
                    return false;
                  }
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  byte[] body = connection.readBody(head);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + body.length);
                  return true;
                });
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send(
            "POST /yes HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 100 Continue\r\n");
        client.send("12345");
        assertThat(ProxyWorld.answer(client)).startsWith("HTTP/1.1 200").endsWith("5");
      }
      RawUpstream.Connection refused = world.connect();
      try (refused.socket) {
        refused.send(
            "POST /no HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        assertThat(ProxyWorld.answer(refused))
            .startsWith("HTTP/1.1 417")
            .contains("Connection: close");
        assertThat(refused.in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void what_the_client_asked_to_be_closed_is_closed() throws IOException, InterruptedException {
    try (RawUpstream east = RawUpstream.answering("east");
        RawUpstream west = RawUpstream.answering("west");
        ProxyWorld world = new ProxyWorld(ProxyWorld.QUICK, east, west)) {
      RawUpstream.Connection client = world.connect();
      try (client.socket) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(ProxyWorld.answer(client)).contains("Connection: close").endsWith("east");
        assertThat(client.in.read()).isEqualTo(-1);
      }
      ProxyWorld.await(() -> east.connections() == 1);
    }
  }
}
