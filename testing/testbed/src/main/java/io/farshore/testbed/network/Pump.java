package io.farshore.testbed.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Carries one direction of a connection over a link: a reader stamps, the runner delivers. */
final class Pump implements Runnable {
  /** Enough in flight for 64 MB/s at a round trip of 500 ms; then the sender is held back. */
  private static final int PARCELS_IN_FLIGHT_MAX = 1024;

  private static final int PARCEL_BYTES_MAX = 32 * 1024;

  private final Socket from;
  private final Socket to;
  private final Link link;
  private final BlockingQueue<Parcel> inFlight = new ArrayBlockingQueue<>(PARCELS_IN_FLIGHT_MAX);

  Pump(Socket from, Socket to, Link link) {
    this.from = from;
    this.to = to;
    this.link = link;
  }

  @Override
  public void run() {
    Thread reader = Thread.ofVirtual().start(this::read);
    try {
      deliver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.interrupt();
    }
  }

  private void read() {
    byte[] buffer = new byte[PARCEL_BYTES_MAX];
    long lastArrival = System.nanoTime();
    try {
      Ending ending = Ending.NONE;
      while (ending == Ending.NONE) {
        byte[] bytes = new byte[0];
        try {
          InputStream in = from.getInputStream();
          int count = in.read(buffer);
          if (count < 0) {
            ending = Ending.FINISHED;
          } else {
            bytes = Arrays.copyOf(buffer, count);
          }
        } catch (IOException broken) {
          ending = Ending.RESET;
        }
        // Jitter must not reorder a stream.
        lastArrival = Math.max(lastArrival, System.nanoTime() + link.travelNanos());
        inFlight.put(new Parcel(bytes, lastArrival, ending));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() throws InterruptedException {
    while (true) {
      Parcel parcel = inFlight.take();
      long early = parcel.arrival - System.nanoTime();
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
      try {
        write(parcel.bytes);
        if (parcel.ending == Ending.FINISHED) {
          link.pass(1);
          to.shutdownOutput();
          return;
        }
        if (parcel.ending == Ending.RESET) {
          link.pass(1);
          reset();
          return;
        }
      } catch (IOException receiverGone) {
        reset();
        return;
      }
    }
  }

  private void write(byte[] bytes) throws IOException, InterruptedException {
    OutputStream out = to.getOutputStream();
    int offset = 0;
    while (offset < bytes.length) {
      int count = Math.min(bytes.length - offset, link.portion());
      link.pass(count);
      out.write(bytes, offset, count);
      offset += count;
    }
  }

  /** Either end is gone: the other must learn of it, and the second pump must end. */
  private void reset() {
    for (Socket socket : new Socket[] {from, to}) {
      LinkProxy.reset(socket);
    }
  }

  private enum Ending {
    NONE,
    FINISHED,
    RESET
  }

  private static final class Parcel {
    final byte[] bytes;
    final long arrival;
    final Ending ending;

    Parcel(byte[] bytes, long arrival, Ending ending) {
      this.bytes = bytes;
      this.arrival = arrival;
      this.ending = ending;
    }
  }
}
