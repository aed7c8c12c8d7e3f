package io.farshore.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server on a real socket that does exactly what a test tells it, well or badly. */
final class RawUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final List<String> heads = new CopyOnWriteArrayList<>();

  /** What to do with one request whose head was read; answers whether to go on reading. */
  @FunctionalInterface
  interface Behaviour {
    boolean on(String head, Connection connection) throws IOException, InterruptedException;
  }

  RawUpstream(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request with {@code body}, reading away what was sent. */
  static RawUpstream answering(String body) {
    return new RawUpstream(
        (head, connection) -> {
          connection.readBody(head);
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
          return true;
        });
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
  }

  int connections() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection = new Connection(socket);
      for (String head = connection.readHead(); head != null; head = connection.readHead()) {
        heads.add(head);
        if (!behaviour.on(head, connection)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The other side went away: for these tests as good an end as any.
    } finally {
      open.remove(socket);
    }
  }

  /** As when the process is killed: every connection is reset. */
  void kill() throws IOException {
    server.close();
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException closed) {
        continue; // its own thread was quicker
      }
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  /** One connection, as text and bytes. */
  static final class Connection {
    final Socket socket;
    final InputStream in;
    final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    @org.jspecify.annotations.Nullable
    String readHead() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        int c = in.read();
        if (c < 0) {
          return null;
        }
        head.append((char) c);
      }
      return head.toString();
    }

    byte[] readBody(String head) throws IOException {
      String lower = head.toLowerCase(java.util.Locale.ROOT);
      if (lower.contains("transfer-encoding: chunked")) {
        StringBuilder body = new StringBuilder();
        while (true) {
          int size = Integer.parseInt(readLine().strip(), 16);
          body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
          if (size == 0) {
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
              body.append('[').append(line).append(']');
            }
            return body.toString().getBytes(StandardCharsets.ISO_8859_1);
          }
          readLine();
        }
      }
      int at = lower.indexOf("content-length: ");
      return at < 0
          ? new byte[0]
          : in.readNBytes(
              Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)).strip()));
    }

    String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("ended within a line");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }
}
