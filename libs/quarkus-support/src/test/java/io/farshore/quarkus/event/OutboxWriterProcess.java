package io.farshore.quarkus.event;

import java.io.IOException;
import java.nio.file.Path;

/** A process that stores events and says so, until it is killed. */
public final class OutboxWriterProcess {
  private OutboxWriterProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (FileOutbox outbox =
        FileOutbox.open(Path.of(args[0]), FileOutbox.BYTES_MAX_DEFAULT, 4096)) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  while (true) {
                    outbox.drain(5, events -> say("sent", events.getLast().id(), events.size()));
                    outbox.awaitEvents(10);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      for (int i = 0; ; i++) {
        outbox.append(new StoredEvent(args[1] + "-" + i, "{}"));
        say("stored", args[1] + "-" + i, 0);
        if (i % 64 == 0) {
          Thread.sleep(1);
        }
      }
    }
  }

  private static int say(String what, String id, int value) {
    System.out.println(what + " " + id);
    System.out.flush();
    return value;
  }
}
