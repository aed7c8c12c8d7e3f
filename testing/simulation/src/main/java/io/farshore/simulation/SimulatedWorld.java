package io.farshore.simulation;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.QuorumSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Members, their machines and the network between them, in one thread and one virtual time. Build
 * it with a seed, add invariants, let a {@link Nemesis} loose, {@link #run}; afterwards {@link
 * #heal} and {@link #require} progress.
 */
public final class SimulatedWorld {
  private final long seed;
  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedNetwork network;
  private final Program.Factory factory;
  private final double drift;
  private final CommittedHistory history = new CommittedHistory();
  private final Map<MemberId, SimulatedMember> members = new TreeMap<>();
  private final List<Invariant> invariants = new ArrayList<>();
  private long steps;

  /**
   * @param seed everything follows from it
   * @param ids the members
   * @param drift clocks run off by up to this share, each its own way
   * @param factory what runs on them
   */
  public SimulatedWorld(
      long seed, Collection<MemberId> ids, double drift, Program.Factory factory) {
    this.seed = seed;
    this.random = new Random(seed);
    this.network = new SimulatedNetwork(time, random);
    this.factory = factory;
    this.drift = drift;
    SortedSet<MemberId> all = new TreeSet<>(ids);
    all.forEach(
        id -> members.put(id, new SimulatedMember(this, QuorumSettings.of("simulated", id, all))));
    members.values().forEach(SimulatedMember::start);
  }

  public SimulatedWorld with(Invariant invariant) {
    invariants.add(invariant);
    return this;
  }

  public long seed() {
    return seed;
  }

  public Random random() {
    return random;
  }

  public VirtualTime time() {
    return time;
  }

  public SimulatedNetwork network() {
    return network;
  }

  public Collection<SimulatedMember> members() {
    return members.values();
  }

  public SimulatedMember member(MemberId id) {
    return Objects.requireNonNull(members.get(id), "no such member");
  }

  /** Steps made so far; equal for two runs of one seed. */
  public long steps() {
    return steps;
  }

  /** The last position any member applied. */
  public long lastCommitted() {
    return history.lastIndex();
  }

  Program.Factory factory() {
    return factory;
  }

  CommittedHistory history() {
    return history;
  }

  SimulatedClock newClock(String id) {
    return new SimulatedClock(time, id, 1 + drift * (2 * random.nextDouble() - 1));
  }

  /** Lets time pass, checking every invariant after every step. */
  public void run(Duration duration) {
    long until = time.nanos() + duration.toNanos();
    while (time.step(until)) {
      checkAll();
    }
  }

  /** Lets time pass until the condition holds. */
  public void require(String what, Duration within, BooleanSupplier condition) {
    long until = time.nanos() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (!time.step(until)) {
        throw new InvariantBrokenException("no progress after healing: " + what);
      }
      checkAll();
    }
  }

  private void checkAll() {
    steps++;
    history.check();
    for (SimulatedMember member : members.values()) {
      member.requireNoFault();
    }
    for (Invariant invariant : invariants) {
      invariant.check(this);
    }
  }

  /**
   * Kills a member's process and cuts its machine's power; its disk forgets what was not synced.
   */
  public void crash(MemberId id) {
    member(id).crash();
  }

  /** Starts a member that is down, on what its disk holds. */
  public void start(MemberId id) {
    member(id).start();
  }

  /** Repairs every link, makes room on every disk, and starts every member that is down. */
  public void heal() {
    network.heal();
    members.values().forEach(SimulatedMember::freeDisk);
    members.values().forEach(SimulatedMember::start);
  }
}
