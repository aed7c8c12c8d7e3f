package io.farshore.testbed;

import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.process.AotCaches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a world and starts it:
 *
 * <pre>{@code
 * try (World world = Testbed.regions("us-east", "eu-west").rtt(Duration.ofMillis(80)).start()) {
 *   world.region("us-east").kill();
 * }
 * }</pre>
 *
 * <p>The suite must have been built. A world's processes cannot outlive this JVM.
 */
public final class Testbed {
  private final List<String> regions;
  private final Installation installation = Installation.find();
  private String witness = "witness";
  private Duration roundTrip = Duration.ZERO;
  private boolean commitGate = true;
  private Duration leaseDuration = Duration.ofSeconds(5);
  private Duration probeInterval = Duration.ofSeconds(1);
  private int failureThreshold = 3;
  private boolean automatic = true;
  private boolean failoverOnly;
  private AotCaches.Use aotCaches = AotCaches.Use.PRESENT;
  private Path directory = installation.workDirectory().resolve("world");

  private Testbed(List<String> regions) {
    this.regions = regions;
  }

  /** A world of these regions; the first is the application's home. */
  public static Testbed regions(String home, String... others) {
    List<String> regions = new ArrayList<>(List.of(home));
    regions.addAll(List.of(others));
    return new Testbed(List.copyOf(regions));
  }

  /** Names the site of the quorum witness; {@code witness} unless told. */
  public Testbed witness(String name) {
    witness = name;
    return this;
  }

  /** Time that bytes need from any site to another and back; none unless told. */
  public Testbed rtt(Duration time) {
    roundTrip = time;
    return this;
  }

  /** Whether commits wait for the write lease; they do unless told otherwise. */
  public Testbed commitGate(boolean on) {
    commitGate = on;
    return this;
  }

  /** How long the write lease lasts without renewal; 5 s unless told. */
  public Testbed leaseDuration(Duration duration) {
    leaseDuration = duration;
    return this;
  }

  /** How often endpoints are probed, and after how many failures one is down; 1 s × 3. */
  public Testbed probes(Duration interval, int threshold) {
    probeInterval = interval;
    failureThreshold = threshold;
    return this;
  }

  /** The application moves only when an operator says so. */
  public Testbed manualFailover() {
    automatic = false;
    return this;
  }

  /**
   * Starts only what decides and what is decided about: the quorum's members and the application's
   * databases. There is no broker, no gateway, no copy, and nobody uses the application.
   */
  public Testbed failoverOnly() {
    failoverOnly = true;
    return this;
  }

  /** Where the world lies; emptied before use. {@code .farshore/world} unless told. */
  public Testbed directory(Path path) {
    directory = path.toAbsolutePath();
    return this;
  }

  /** Where the world lies, below {@code .farshore}. */
  public Testbed named(String name) {
    return directory(installation.workDirectory().resolve(name));
  }

  /** Writes AOT caches for programs that have none, when the world is closed. */
  public Testbed training() {
    aotCaches = AotCaches.Use.TRAIN;
    return this;
  }

  /** Starts every program as if it had no AOT cache. */
  public Testbed withoutAotCaches() {
    aotCaches = AotCaches.Use.NONE;
    return this;
  }

  /**
   * Starts the world and waits until the application is protected and writable.
   *
   * @throws io.farshore.testbed.layout.WorldInUseException if the directory's world is running
   * @throws io.farshore.testbed.process.ProcessFailedException if a process did not start
   */
  public World start() {
    return start(step -> {});
  }

  /** {@link #start()}, telling what is going on. */
  public World start(Progress progress) {
    WorldPlan plan =
        new WorldPlan(
            regions,
            witness,
            roundTrip,
            commitGate,
            leaseDuration,
            probeInterval,
            failureThreshold,
            automatic,
            failoverOnly,
            directory,
            aotCaches);
    return WorldConstruction.build(installation, plan, progress);
  }

  /** Is told what is being done, for people. */
  @FunctionalInterface
  public interface Progress {
    void on(String step);
  }
}
