package io.farshore.testbed.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A door in one site to one port in another. Every connection through it travels two links. */
final class LinkProxy implements AutoCloseable {
  private static final int BACKLOG_MAX = 256;

  private final ServerSocket door;
  private final int target;
  private final Link there;
  private final Link back;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LinkProxy(ServerSocket door, int target, Link there, Link back) {
    this.door = door;
    this.target = target;
    this.there = there;
    this.back = back;
  }

  static LinkProxy open(int door, int target, Link there, Link back) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), door), BACKLOG_MAX);
    LinkProxy proxy = new LinkProxy(socket, target, there, back);
    Thread.ofVirtual().name("link-door-" + door).start(proxy::accept);
    return proxy;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new IllegalStateException("a link's door broke", e);
        }
      }
    }
  }

  private void serve(Socket caller) {
    open.add(caller);
    try (caller;
        Socket callee = new Socket()) {
      open.add(callee);
      if (!reach(callee)) {
        reset(caller);
        return;
      }
      caller.setTcpNoDelay(true);
      callee.setTcpNoDelay(true);
      Thread backwards = Thread.ofVirtual().start(new Pump(callee, caller, back));
      new Pump(caller, callee, there).run();
      backwards.join();
      open.remove(callee);
    } catch (IOException callerGone) {
      reset(caller);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(caller);
    }
  }

  /** The caller waits for one round trip, as a handshake over the real distance would make it. */
  private boolean reach(Socket callee) throws InterruptedException {
    travel(there);
    boolean reached = true;
    try {
      callee.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException refused) {
      reached = false;
    }
    travel(back);
    return reached;
  }

  private static void travel(Link link) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(link.travelNanos()));
    link.pass(1);
  }

  /** What a broken or refused connection looks like from afar. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException alreadyClosed) {
      return;
    }
    closeQuietly(socket);
  }

  @Override
  public void close() {
    closeQuietly(door);
    open.forEach(LinkProxy::closeQuietly);
  }

  /** Closing is all that is left to do: a failure changes nothing. */
  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.getLogger(LinkProxy.class.getName())
          .log(System.Logger.Level.DEBUG, "could not close", e);
    }
  }
}
