package io.farshore.quorum.transport;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * Cuts a socket's bytes into frames: four bytes of length, then as many. Ends the connection on a
 * length above the limit before taking in any of it.
 */
final class Framing implements Handler<Buffer> {
  /** An append request of 32 full commands stays far below it. */
  static final int FRAME_BYTES_MAX = 4 * 1024 * 1024;

  private static final int LENGTH_BYTES = 4;

  private final NetSocket socket;
  private final Handler<byte[]> onFrame;
  private final Runnable onGarbage;
  private int limit;
  private Buffer pending = Buffer.buffer();

  /**
   * @param limit bytes of a frame, until {@link #allowLargeFrames()}
   * @param onGarbage called before the socket is closed
   */
  Framing(NetSocket socket, int limit, Handler<byte[]> onFrame, Runnable onGarbage) {
    this.socket = socket;
    this.limit = limit;
    this.onFrame = onFrame;
    this.onGarbage = onGarbage;
  }

  void allowLargeFrames() {
    limit = FRAME_BYTES_MAX;
  }

  static Buffer frame(byte[] content) {
    return Buffer.buffer(LENGTH_BYTES + content.length)
        .appendInt(content.length)
        .appendBytes(content);
  }

  @Override
  public void handle(Buffer arrived) {
    pending.appendBuffer(arrived);
    int at = 0;
    while (pending.length() - at >= LENGTH_BYTES) {
      int length = pending.getInt(at);
      if (length < 0 || length > limit) {
        onGarbage.run();
        return;
      }
      if (pending.length() - at - LENGTH_BYTES < length) {
        break;
      }
      int from = at + LENGTH_BYTES;
      at = from + length;
      onFrame.handle(pending.getBytes(from, at));
    }
    if (at > 0) {
      pending = pending.getBuffer(at, pending.length());
    }
  }

  NetSocket socket() {
    return socket;
  }
}
