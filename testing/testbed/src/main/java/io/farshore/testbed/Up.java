package io.farshore.testbed;

import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.layout.WorldDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A world that stays: {@code up} leaves it running in the background, {@code down} ends it. */
final class Up {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
  private static final String READY = "ready.txt";

  private Up() {}

  /** Starts the world in a process of its own and returns when it is ready. */
  static int start(List<String> options) {
    try {
      Path directory = directory();
      OptionalLong owner = WorldDirectory.owner(directory);
      if (owner.isPresent()) {
        System.out.println("A world is running already (process " + owner.getAsLong() + "):");
        System.out.print(Files.readString(directory.resolve(READY)));
        return OK;
      }
      Files.createDirectories(directory);
      Files.deleteIfExists(directory.resolve(READY));
      Path log = directory.resolveSibling("up.log");
      Process server =
          new ProcessBuilder(command(options))
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> abandon(server, directory)));
      return await(server, directory.resolve(READY), log);
    } catch (IOException e) {
      throw new UncheckedIOException("the world could not be started", e);
    }
  }

  /** Ctrl-C while starting ends what was begun; once it is ready it shall stay. */
  private static void abandon(Process server, Path directory) {
    if (!Files.exists(directory.resolve(READY))) {
      server.destroy();
    }
  }

  private static int await(Process server, Path ready, Path log) throws IOException {
    System.out.println("Starting two regions and a witness …");
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!Files.exists(ready)) {
      if (!server.isAlive() || System.nanoTime() - deadline > 0) {
        server.destroy();
        System.err.println(Files.readString(log));
        System.err.println("farshore: the world did not start; see " + log);
        return FAILED;
      }
      pause();
    }
    System.out.print(Files.readString(ready));
    return OK;
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfarshore.home=" + Installation.find().root(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve"));
    command.addAll(options);
    return command;
  }

  /** Runs the world until this process is asked to end. */
  static int serve() {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Testbed.Progress progress = System.out::println;
    try (World world =
        Testbed.regions("us-east", "eu-west")
            .rtt(Duration.ofMillis(80))
            .directory(directory())
            .start(progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(end, ended)));
      Path draft = Files.writeString(world.directory().resolve("ready.draft"), Hints.of(world));
      Files.move(draft, world.directory().resolve(READY));
      end.await();
      return OK;
    } catch (IOException e) {
      throw new UncheckedIOException("the world's hints could not be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      ended.countDown();
    }
  }

  private static void endInOrder(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      if (!ended.await(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("the world did not end in time; its processes are killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the running world. */
  static int stop() {
    try {
      OptionalLong owner = WorldDirectory.owner(directory());
      if (owner.isEmpty()) {
        System.out.println("No world is running.");
        return OK;
      }
      ProcessHandle.of(owner.getAsLong()).ifPresent(ProcessHandle::destroy);
      long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
      while (WorldDirectory.owner(directory()).isPresent()) {
        if (System.nanoTime() - deadline > 0) {
          System.err.println("farshore: process " + owner.getAsLong() + " does not end");
          return FAILED;
        }
        pause();
      }
      System.out.println("The world has ended.");
      return OK;
    } catch (IOException e) {
      throw new UncheckedIOException("the world's directory cannot be read", e);
    }
  }

  private static Path directory() {
    return Installation.find().workDirectory().resolve("world");
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
