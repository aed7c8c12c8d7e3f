package io.farshore.simulation.failover;

import io.farshore.failover.control.Fork;
import io.farshore.failover.lease.DatabaseReading;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.ReplicationPosition;
import io.farshore.kernel.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One region's database: a log of commits on a timeline. Outlives the processes that guard it. Its
 * clients write whenever it lets them, wherever they should be: nobody here is polite.
 */
final class SimulatedDatabase {
  private static final long COMMIT_BYTES = 100;

  private final RegionId region;
  private final List<Commit> log = new ArrayList<>();
  private final List<Commit> waiting = new ArrayList<>();
  private Timeline timeline = new Timeline(1);
  private boolean primary;
  private boolean fenced;
  private boolean up = true;
  private @Nullable Fork fork;
  private @Nullable Object gate;

  SimulatedDatabase(RegionId region, boolean primary) {
    this.region = region;
    this.primary = primary;
  }

  RegionId region() {
    return region;
  }

  boolean up() {
    return up;
  }

  /** Sessions end; what was committed stays. */
  void kill() {
    up = false;
    waiting.clear();
    gate = null;
  }

  void launch() {
    up = true;
  }

  DatabaseReading reading() {
    return new DatabaseReading(
        !primary ? DatabaseRole.REPLICA : fenced ? DatabaseRole.FENCED : DatabaseRole.PRIMARY,
        position());
  }

  ReplicationPosition position() {
    return new ReplicationPosition(
        timeline, log.isEmpty() ? new Lsn(COMMIT_BYTES) : log.getLast().lsn());
  }

  List<Commit> log() {
    return log;
  }

  boolean takesWrites() {
    return up && primary && !fenced;
  }

  /** A client commits; the answer waits for the gate. */
  void commit(long id) {
    Commit commit = new Commit(id, timeline, position().lsn().plusBytes(COMMIT_BYTES));
    log.add(commit);
    waiting.add(commit);
  }

  /** Takes over what the other has and this one has not, if it can follow it. */
  void follow(SimulatedDatabase other, int commitsMax) {
    if (primary || !up || !other.up || !other.primary || !other.timeline.equals(timeline)) {
      return;
    }
    int end = Math.min(other.log.size(), log.size() + commitsMax);
    for (int i = log.size(); i < end; i++) {
      log.add(other.log.get(i));
    }
  }

  Fork promote() {
    if (!primary) {
      Timeline next = new Timeline(timeline.id() + 1);
      fork = new Fork(timeline, position().lsn(), next);
      timeline = next;
      primary = true;
    }
    if (fork == null) {
      throw new IllegalStateException("a primary that was never promoted");
    }
    return fork;
  }

  void fence() {
    fenced = true;
    waiting.clear(); // their sessions were ended: nobody gets an answer
  }

  void unfence() {
    fenced = false;
  }

  /** Only the newest gate confirms: the server has one synchronous standby of that name. */
  void attach(Object newGate) {
    gate = newGate;
  }

  void detach(Object oldGate) {
    if (gate == oldGate) {
      gate = null;
    }
  }

  /** What the gate may confirm now, which it then has. */
  List<Commit> confirm(Object by) {
    if (gate != by || !up) {
      return List.of();
    }
    List<Commit> confirmed = List.copyOf(waiting);
    waiting.clear();
    return confirmed;
  }
}
