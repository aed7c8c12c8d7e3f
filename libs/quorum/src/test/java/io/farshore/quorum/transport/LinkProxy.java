package io.farshore.quorum.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** One direction between two members: passes bytes on, until it is cut. */
final class LinkProxy {
  private final ServerSocket listener;
  private final IntSupplier target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private volatile boolean cut;

  LinkProxy(IntSupplier target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Swallows everything from now on, in both directions of this link's connections. */
  void cut() {
    cut = true;
  }

  void heal() {
    cut = false;
    // What was swallowed is missing: those connections are of no more use.
    sockets.forEach(LinkProxy::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        sockets.add(from);
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
        sockets.add(to);
        Thread.ofVirtual().start(() -> pass(from, to));
        Thread.ofVirtual().start(() -> pass(to, from));
      } catch (IOException e) {
        // The target is down, or the proxy was closed: the next caller will see.
        sockets.removeIf(Socket::isClosed);
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!cut) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      sockets.remove(from);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() throws IOException, InterruptedException {
    listener.close();
    sockets.forEach(LinkProxy::closeQuietly);
    acceptor.join();
  }
}
