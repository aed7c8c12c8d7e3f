package io.farshore.simulation;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.raft.RaftQuorum;
import io.farshore.quorum.store.FileRaftStore;
import io.farshore.quorum.store.SimulatedDisk;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One member's machine: its disk stays, its processes come and go. */
public final class SimulatedMember {
  private final SimulatedWorld world;
  private final QuorumSettings settings;
  private SimulatedDisk disk;
  private int lives;
  private @Nullable Life life;

  private record Life(SimulatedExecutor executor, RaftQuorum quorum, Program program) {}

  SimulatedMember(SimulatedWorld world, QuorumSettings settings) {
    this.world = world;
    this.settings = settings;
    this.disk = new SimulatedDisk(world.random());
  }

  public MemberId id() {
    return settings.self();
  }

  public boolean alive() {
    return life != null;
  }

  /** The running program; empty while the member is down. */
  public Optional<Program> program() {
    return Optional.ofNullable(life).map(Life::program);
  }

  /** The running quorum; empty while the member is down. */
  public Optional<Quorum> quorum() {
    return Optional.ofNullable(life).map(Life::quorum);
  }

  /** Starts a new process on what the disk holds; it may end at once if the disk is full. */
  public void start() {
    if (life != null) {
      return;
    }
    FileRaftStore store;
    try {
      store = FileRaftStore.open(disk, settings.group(), id());
    } catch (FarshoreException e) {
      if (disk.full() && e.code().equals(QuorumErrors.STORE_FAILED)) {
        return;
      }
      throw e;
    }
    Random random = new Random(world.random().nextLong());
    lives++;
    SimulatedClock clock = world.newClock(id() + "#" + lives);
    SimulatedExecutor executor = new SimulatedExecutor(world.time(), clock);
    MemberLinks links = world.network().attach(id());
    Program program =
        world.factory().create(new Program.Environment(id(), clock, executor, random));
    RaftQuorum quorum =
        RaftQuorum.start(
            settings,
            world.history().watch(id(), program.machine()),
            new RaftQuorum.Parts(links, executor, store, clock, random));
    life = new Life(executor, quorum, program);
    executor.submit(() -> program.start(quorum));
  }

  /** Kills the process and cuts the power, so that the disk forgets what was not synced. */
  public void crash() {
    if (life == null) {
      return;
    }
    life.executor.close();
    life = null;
    world.network().detach(id());
    disk = disk.afterPowerLoss();
  }

  /** Stops the process for a while; its clock goes on. */
  public void freeze(Duration pause) {
    if (life != null) {
      life.executor.freeze(pause);
    }
  }

  /** From now on nothing can be written; the process goes on as well as it can. */
  public void fillDisk() {
    disk.fill(true);
  }

  /** Makes room again, and restarts the process if it had to stop. */
  public void freeDisk() {
    boolean stopped = life != null && life.quorum.status().fault().isPresent();
    disk.fill(false);
    if (stopped) {
      crash();
      start();
    }
  }

  void requireNoFault() {
    if (life != null && !disk.full() && life.quorum.status().fault().isPresent()) {
      throw new InvariantBrokenException(
          "a member stopped: " + id() + ": " + life.quorum.status().fault().get());
    }
  }
}
