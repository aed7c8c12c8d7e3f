package io.farshore.simulation.failover;

import io.farshore.failover.application.Component;
import io.farshore.failover.application.ComponentKind;
import io.farshore.failover.application.FailoverMode;
import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.application.Objectives;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.application.Tier;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.simulation.SimulatedMember;
import io.farshore.simulation.SimulatedWorld;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Two regions with a database each, a witness, and clients that never rest. */
public final class FailoverWorld {
  public static final ApplicationId LEDGER = new ApplicationId("ledger");
  public static final RegionId EAST = new RegionId("us-east");
  public static final RegionId WEST = new RegionId("eu-west");
  public static final MemberId WITNESS = new MemberId("witness");

  private static final List<MemberId> MEMBERS =
      List.of(new MemberId("us-east"), new MemberId("eu-west"), WITNESS);
  private static final double DRIFT = 1.0 / 200;
  private static final Duration WRITE_PERIOD = Duration.ofMillis(100);
  private static final Duration REPLICATION_PERIOD = Duration.ofMillis(50);
  private static final Duration DECLARE_PERIOD = Duration.ofSeconds(1);

  private final SimulatedWorld world;
  private final Ledger ledger = new Ledger();
  private final Map<RegionId, SimulatedDatabase> databases = new HashMap<>();
  private final Map<RegionId, Map<ApplicationId, Epoch>> epochs = new HashMap<>();
  private final boolean verbose;
  private final boolean gatesAsk;
  private long nextCommit;
  private boolean replicates = true;

  /**
   * @param seed everything follows from it
   * @param verbose print what the members tell
   * @param gatesAsk whether gates ask for the lease before they confirm; false only to show that
   *     the simulation would notice
   */
  public FailoverWorld(long seed, boolean verbose, boolean gatesAsk) {
    this.verbose = verbose;
    this.gatesAsk = gatesAsk;
    databases.put(EAST, new SimulatedDatabase(EAST, true));
    databases.put(WEST, new SimulatedDatabase(WEST, false));
    epochs.put(EAST, new HashMap<>());
    epochs.put(WEST, new HashMap<>());
    this.world =
        new SimulatedWorld(
            seed, MEMBERS, DRIFT, environment -> new FailoverProgram(environment, this));
    world.with(new FailoverInvariants(this));
    world.time().after(WRITE_PERIOD, this::write);
    world.time().after(REPLICATION_PERIOD, this::replicate);
    world.time().after(DECLARE_PERIOD, this::declare);
  }

  public SimulatedWorld world() {
    return world;
  }

  boolean verbose() {
    return verbose;
  }

  boolean gatesAsk() {
    return gatesAsk;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Commits that clients were told of so far. */
  public int acknowledged() {
    return ledger.acks().size();
  }

  /** Epochs under which somebody wrote so far. */
  public int epochs() {
    return ledger.epochs();
  }

  SimulatedDatabase database(RegionId region) {
    SimulatedDatabase found = databases.get(region);
    if (found == null) {
      throw new IllegalArgumentException("no database there");
    }
    return found;
  }

  Map<ApplicationId, Epoch> epochs(RegionId region) {
    return epochs.getOrDefault(region, Map.of());
  }

  /** Kills a region: its member and its database. */
  public void killRegion(RegionId region) {
    world.member(new MemberId(region.value())).crash();
    database(region).kill();
  }

  public void killDatabase(RegionId region) {
    database(region).kill();
  }

  public void launchDatabase(RegionId region) {
    database(region).launch();
  }

  /** Stops or resumes the databases' own replication. */
  public void replicates(boolean on) {
    replicates = on;
  }

  /** Everything works again. */
  public void heal() {
    databases.values().forEach(SimulatedDatabase::launch);
    replicates = true;
    world.heal();
  }

  /** The programs that run now. */
  Stream<FailoverProgram> programs() {
    return world.members().stream()
        .map(SimulatedMember::program)
        .flatMap(Optional::stream)
        .map(program -> (FailoverProgram) program);
  }

  /** The newest state any running member has. */
  public ControlState newestState() {
    return programs()
        .map(FailoverProgram::state)
        .max(java.util.Comparator.comparingLong(ControlState::index))
        .orElse(ControlState.EMPTY);
  }

  /** The newest execution, if there ever was one. */
  public Optional<ExecutionRecord> lastExecution() {
    return newestState()
        .application(LEDGER)
        .filter(record -> !record.executions().isEmpty())
        .map(record -> record.executions().getLast());
  }

  /** True time as a wall clock; nobody's is off here, because only durations of one are used. */
  Clock wallClock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.EPOCH.plusNanos(world.time().nanos());
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private void write() {
    world.time().after(WRITE_PERIOD, this::write);
    for (SimulatedDatabase database : List.of(database(EAST), database(WEST))) {
      if (database.takesWrites()) {
        database.commit(++nextCommit);
      }
    }
  }

  private void replicate() {
    world.time().after(REPLICATION_PERIOD, this::replicate);
    MemberId east = new MemberId(EAST.value());
    MemberId west = new MemberId(WEST.value());
    if (replicates && world.network().connects(east, west) && world.random().nextInt(4) != 0) {
      int some = world.random().nextInt(20);
      database(WEST).follow(database(EAST), some);
      database(EAST).follow(database(WEST), some);
    }
  }

  private void declare() {
    boolean known = newestState().application(LEDGER).isPresent();
    if (known) {
      return;
    }
    world.time().after(DECLARE_PERIOD, this::declare);
    programs().findFirst().ifPresent(program -> program.propose(declaration()));
  }

  private Declare declaration() {
    ProtectedApplication spec =
        new ProtectedApplication(
            LEDGER,
            "payments",
            Tier.CRITICAL,
            new Objectives(Duration.ofMinutes(1), Duration.ofMinutes(5)),
            List.of(EAST, WEST),
            List.of(
                new Component("database", ComponentKind.POSTGRESQL, Map.of()),
                new Component("ledger", ComponentKind.HTTP, Map.of())),
            new FailoverPolicy(
                FailoverMode.AUTOMATIC, Duration.ofSeconds(5), Duration.ofSeconds(1), 3, true));
    return new Declare(LEDGER, spec, null, "simulation", wallClock().instant(), WITNESS);
  }

  /** A process confirmed a commit under what it holds now. */
  void confirmed(FailoverProgram by, Commit commit) {
    RegionId region = new RegionId(by.id().value());
    Epoch epoch = by.held().map(HeldLease::epoch).orElse(Epoch.NONE);
    ledger.acknowledge(commit, region, epoch, world.time().nanos());
  }
}
