package io.farshore.simulation;

import io.farshore.kernel.MemberId;
import java.time.Duration;
import java.util.List;

/** Breaks things at random moments, and repairs some of them, until told to stop. */
public final class Nemesis {
  private static final Duration PAUSE_BETWEEN_MAX = Duration.ofSeconds(6);
  private static final Duration FREEZE_MAX = Duration.ofSeconds(9);
  private static final Duration DOWN_MAX = Duration.ofSeconds(15);

  private final SimulatedWorld world;
  private boolean stopped;

  public Nemesis(SimulatedWorld world) {
    this.world = world;
  }

  public void start() {
    world.time().after(upTo(PAUSE_BETWEEN_MAX), this::strike);
  }

  /** No new harm; what is broken stays broken until {@link SimulatedWorld#heal}. */
  public void stop() {
    stopped = true;
  }

  private void strike() {
    if (stopped) {
      return;
    }
    SimulatedMember victim = any();
    SimulatedMember other = any();
    switch (world.random().nextInt(10)) {
      case 0, 1 -> world.network().cut(victim.id(), other.id());
      case 2 -> isolate(victim);
      case 3, 4 -> {
        victim.crash();
        world.time().after(upTo(DOWN_MAX), victim::start);
      }
      case 5 -> victim.freeze(upTo(FREEZE_MAX));
      case 6 -> world.network().lose(victim.id(), other.id(), world.random().nextDouble());
      case 7 ->
          world
              .network()
              .delay(victim.id(), other.id(), upTo(Duration.ofMillis(50)), Duration.ofMillis(2500));
      case 8 -> {
        victim.fillDisk();
        world.time().after(upTo(DOWN_MAX), victim::freeDisk);
      }
      default -> world.network().heal();
    }
    world.time().after(upTo(PAUSE_BETWEEN_MAX), this::strike);
  }

  private void isolate(SimulatedMember victim) {
    for (SimulatedMember member : world.members()) {
      world.network().cut(victim.id(), member.id());
      world.network().cut(member.id(), victim.id());
    }
  }

  private SimulatedMember any() {
    List<MemberId> ids = world.members().stream().map(SimulatedMember::id).toList();
    return world.member(ids.get(world.random().nextInt(ids.size())));
  }

  private Duration upTo(Duration max) {
    return Duration.ofNanos(1 + world.random().nextLong(max.toNanos()));
  }
}
