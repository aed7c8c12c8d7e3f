package io.farshore.failover.lease;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.application.FailoverPolicy;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.member.Narrator;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.PositionSample;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.Lsn;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.quorum.lease.Lease;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Guards one application's database in one region: asks for the right to write, renews it, lets
 * commits be confirmed while it lasts and fences the database before it ends. All methods are
 * called on the member's loop, but for {@link #mayConfirm}.
 */
public final class RegionGuard {
  private final ApplicationId application;
  private final GuardedDatabase database;
  private final Surroundings around;
  private final DatabaseWatch watch;
  private final LeaseKeeper keeper;
  private final FenceReport report;
  private @Nullable String yieldingFor;
  private boolean fencing;
  private boolean unfencing;
  private boolean gateOpen;

  public RegionGuard(ApplicationId application, GuardedDatabase database, Surroundings around) {
    this.application = application;
    this.database = database;
    this.around = around;
    this.watch = new DatabaseWatch(application, database, around);
    this.keeper = new LeaseKeeper(application, around, this::tick);
    this.report = new FenceReport(application, database, around);
  }

  /** Looks at everything and does what is due. Cheap; called often. */
  public void tick() {
    Optional<ApplicationRecord> declared = around.agreement().state().application(application);
    watch.readIfDue(declared.map(one -> one.spec().policy().failureThreshold()).orElse(1));
    watch.reading().ifPresent(reading -> report.on(reading.role()));
    if (declared.isEmpty()) {
      return;
    }
    ApplicationRecord record = declared.get();
    FailoverPolicy policy = record.spec().policy();
    Lease lease = around.agreement().state().lease(application);
    keeper.notice(lease);
    endYielding(record);
    GuardView view = view(record, lease);
    Set<GuardAction> due = GuardDecider.decide(view);
    // What protects comes before what serves.
    if (due.contains(GuardAction.CLOSE_GATE)) {
      closeGate();
    }
    if (due.contains(GuardAction.FENCE)) {
      fence(view.yielding() ? "the lease is being given up" : "no valid lease is held");
    }
    if (due.contains(GuardAction.RELEASE)) {
      closeGate();
      if (!keeper.releasing()) {
        tellFailure(keeper.release(lease.epoch(), "the database does not serve", null));
      }
    }
    if (due.contains(GuardAction.RENEW)) {
      keeper.renewIfDue(policy, lease.epoch(), primaryPosition());
    }
    if (due.contains(GuardAction.TAKE)) {
      watch.sample().ifPresent(position -> keeper.takeIfDue(policy, lease, position));
    }
    if (due.contains(GuardAction.UNFENCE)) {
      unfence();
    }
    if (due.contains(GuardAction.OPEN_GATE)) {
      openGate();
    }
    if (watch.reading().isPresent()) {
      report.tell(record);
    }
  }

  /** Makes the replica a primary under a token; refuses one that is older than what was seen. */
  public CompletionStage<GuardedDatabase.Promoted> promote(
      FencingToken token, @Nullable Lsn minimum) {
    admit(token);
    return around
        .onLoop(database.promote(minimum))
        .thenApply(
            promoted -> {
              watch.made(
                  new DatabaseReading(DatabaseRole.PRIMARY, promoted.position()),
                  around.wallClock().instant());
              keeper.renewSoon();
              tick();
              return promoted;
            });
  }

  /** Proves that a commit is acknowledged here, under the token. */
  public CompletionStage<Void> verify(FencingToken token) {
    admit(token);
    if (held().filter(held -> held.epoch().equals(token.epoch())).isEmpty()) {
      throw new FarshoreException(
          FailoverErrors.LEASE_NOT_AVAILABLE, "The lease is not held under this epoch yet");
    }
    return around.onLoop(database.proveCommit());
  }

  /**
   * Gives the lease up for an execution: stops writing first, then says where the log ended. Can be
   * repeated.
   */
  public CompletionStage<Void> giveUp(String execution, Epoch epoch) {
    if (!around.agreement().state().lease(application).isHeldBy(around.region(), epoch)) {
      return CompletableFuture.completedFuture(null);
    }
    yieldingFor = execution;
    keeper.abandon(epoch);
    closeGate();
    return around
        .onLoop(database.fence())
        .thenCompose(ended -> around.onLoop(database.read()))
        .thenCompose(
            last -> {
              Instant now = around.wallClock().instant();
              watch.made(new DatabaseReading(DatabaseRole.FENCED, last.position()), now);
              return keeper.release(epoch, "switchover", new PositionSample(last.position(), now));
            });
  }

  /** What this guard last saw, for the others and for people. */
  public DatabaseReport report() {
    return new DatabaseReport(
        around.region(),
        application,
        watch.reading().map(DatabaseReading::role).orElse(DatabaseRole.UNKNOWN),
        watch.reading().map(DatabaseReading::position).orElse(null));
  }

  public ApplicationId application() {
    return application;
  }

  /** When the database was last asked with success; empty if it never was. */
  public Optional<Instant> readAt() {
    return watch.askedAt();
  }

  public Optional<Instant> fencedSince() {
    return report.fencedSince();
  }

  public Optional<Divergence> divergence() {
    return report.divergence();
  }

  /** This region's right to write, valid or not. */
  public Optional<HeldLease> held() {
    return keeper.right().held();
  }

  /** Whether a commit may be confirmed at this moment. Safe from any thread. */
  public boolean mayConfirm() {
    return keeper.right().mayConfirm();
  }

  private GuardView view(ApplicationRecord record, Lease lease) {
    boolean replicaHeard = false;
    boolean primaryHeard = false;
    for (DatabaseReport other : around.others().get()) {
      if (other.application().equals(application) && !other.region().equals(around.region())) {
        replicaHeard |= other.role() == DatabaseRole.REPLICA;
        primaryHeard |= other.role() == DatabaseRole.PRIMARY;
      }
    }
    return new GuardView(
        around.region(),
        record,
        lease,
        around.leases().surelyEnded(lease),
        held().orElse(null),
        keeper.abandoned(lease.epoch()),
        watch.reading().orElse(null),
        watch.unanswered(),
        replicaHeard,
        primaryHeard,
        yieldingFor != null,
        around.clock().now(),
        around.leases().sinceEpoch(application),
        around.settings().fenceMargin(lease.duration()));
  }

  private void endYielding(ApplicationRecord record) {
    String execution = yieldingFor;
    if (execution != null
        && record.execution(execution).filter(one -> one.state().isOver()).isPresent()) {
      yieldingFor = null;
    }
  }

  private @Nullable PositionSample primaryPosition() {
    return watch.reading().filter(DatabaseReading::isPrimary).isPresent()
        ? watch.sample().orElse(null)
        : null;
  }

  private void fence(String why) {
    if (fencing) {
      return;
    }
    fencing = true;
    around.narrator().warn("Fencing the database", keys("reason", why), null);
    tellFailure(
        around
            .onLoop(database.fence())
            .whenComplete((ended, failure) -> fencing = false)
            .thenAccept(ended -> became(DatabaseRole.FENCED)));
  }

  private void unfence() {
    if (fencing || unfencing) {
      return;
    }
    unfencing = true;
    tellFailure(
        around
            .onLoop(database.unfence())
            .whenComplete((done, failure) -> unfencing = false)
            .thenAccept(
                done -> {
                  became(DatabaseRole.PRIMARY);
                  around.narrator().info("The database takes writes again", keys("why", "lease"));
                }));
  }

  private void became(DatabaseRole role) {
    watch
        .sample()
        .filter(sample -> watch.reading().filter(DatabaseReading::isPrimary).isPresent())
        .ifPresent(sample -> watch.made(new DatabaseReading(role, sample.position()), sample.at()));
  }

  private void openGate() {
    if (!gateOpen) {
      gateOpen = true;
      database.openGate(this::mayConfirm);
    }
  }

  private void closeGate() {
    if (gateOpen) {
      gateOpen = false;
      database.closeGate();
    }
  }

  private void admit(FencingToken token) {
    EpochMemory epochs = around.epochs();
    if (!token.holder().equals(around.region()) || !epochs.admit(application, token.epoch())) {
      throw new FarshoreException(
          FailoverErrors.STALE_TOKEN,
          "The order carries an older token than this region has seen",
          Map.of(
              "holder", token.holder().value(),
              "epoch", token.epoch().toString(),
              "newest", epochs.newest(application).toString()));
    }
  }

  private void tellFailure(CompletionStage<?> action) {
    action.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            around
                .narrator()
                .warn(
                    "The guard failed to act and will try again",
                    keys("error", Narrator.reason(failure)),
                    null);
          }
        });
  }

  private Map<String, String> keys(String key, String value) {
    return Map.of(
        "application",
        application.value(),
        "region",
        around.region().value(),
        "epoch",
        around.agreement().state().lease(application).epoch().toString(),
        key,
        value);
  }
}
