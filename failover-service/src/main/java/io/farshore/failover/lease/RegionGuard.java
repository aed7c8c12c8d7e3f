package io.farshore.failover.lease;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand.ReleaseLease;
import io.farshore.failover.control.ControlCommand.RenewLease;
import io.farshore.failover.control.ControlCommand.ReportRegion;
import io.farshore.failover.control.ControlCommand.TakeLease;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.ControlOutcome.Accepted;
import io.farshore.failover.control.RegionCondition;
import io.farshore.failover.member.Agreement;
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
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.lease.HeldLease;
import io.farshore.quorum.lease.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards one application's database in one region: asks for the right to write, renews it, lets
 * commits be confirmed while it lasts and fences the database before it ends. All methods are
 * called on the member's loop.
 */
public final class RegionGuard {
  /** Renewals under way at once: one that hangs on a lost leader must not end the lease. */
  private static final int RENEWALS_IN_FLIGHT_MAX = 4;

  /** Between two attempts to read a divergent tail. */
  private static final Duration MEASURE_PAUSE = Duration.ofSeconds(10);

  private final ApplicationId application;
  private final RegionId region;
  private final MemberId member;
  private final GuardedDatabase database;
  private final EpochMemory epochs;
  private final Agreement agreement;
  private final LeaseWatch leases;
  private final Supplier<Collection<DatabaseReport>> others;
  private final GuardSettings settings;
  private final Clock wallClock;
  private final MonotonicClock clock;
  private final Scheduler loop;
  private final Narrator narrator;
  private final WriteRight right;

  private final Set<GuardAction> inFlight = EnumSet.noneOf(GuardAction.class);
  private @Nullable DatabaseReading reading;
  private @Nullable Instant readAt;
  private int unanswered;
  private boolean readingInFlight;
  private long readingGeneration;
  private @Nullable MonotonicInstant lastReading;
  private @Nullable MonotonicInstant lastRenewal;
  private @Nullable MonotonicInstant lastTake;
  private int renewalsInFlight;
  private @Nullable String yieldingFor;
  private @Nullable Instant fencedSince;
  private @Nullable Divergence divergence;
  private boolean measuring;
  private @Nullable MonotonicInstant lastMeasuring;
  private boolean reporting;
  private boolean gateOpen;

  /** What every guard of a member shares. */
  public record Surroundings(
      RegionId region,
      MemberId member,
      Agreement agreement,
      LeaseWatch leases,
      EpochMemory epochs,
      Supplier<Collection<DatabaseReport>> others,
      GuardSettings settings,
      Clock wallClock,
      MonotonicClock clock,
      Scheduler loop,
      Narrator narrator) {}

  public RegionGuard(ApplicationId application, GuardedDatabase database, Surroundings around) {
    this.application = application;
    this.database = database;
    this.region = around.region();
    this.member = around.member();
    this.epochs = around.epochs();
    this.agreement = around.agreement();
    this.leases = around.leases();
    this.others = around.others();
    this.settings = around.settings();
    this.wallClock = around.wallClock();
    this.clock = around.clock();
    this.loop = around.loop();
    this.narrator = around.narrator();
    this.right = new WriteRight(around.clock());
  }

  /** Looks at everything and does what is due. Cheap; called often. */
  public void tick() {
    readIfDue();
    Optional<ApplicationRecord> record = agreement.state().application(application);
    if (record.isEmpty()) {
      return;
    }
    Lease lease = agreement.state().lease(application);
    forgetWhatWasLost(record.get(), lease);
    GuardView view = view(record.get(), lease);
    Set<GuardAction> due = GuardDecider.decide(view);
    // What protects comes before what serves.
    if (due.contains(GuardAction.CLOSE_GATE)) {
      closeGate();
    }
    if (due.contains(GuardAction.FENCE)) {
      fence(view.yielding() ? "the lease is being given up" : "no valid lease is held");
    }
    if (due.contains(GuardAction.RELEASE)) {
      release(lease.epoch(), "the database does not serve", null);
    }
    if (due.contains(GuardAction.RENEW)) {
      renewIfDue(record.get(), lease.epoch());
    }
    if (due.contains(GuardAction.TAKE)) {
      takeIfDue(record.get(), lease);
    }
    if (due.contains(GuardAction.UNFENCE)) {
      unfence();
    }
    if (due.contains(GuardAction.OPEN_GATE)) {
      openGate();
    }
    report(record.get(), view);
  }

  /** Makes the replica a primary under a token; refuses one that is older than what was seen. */
  public CompletionStage<GuardedDatabase.Promoted> promote(
      FencingToken token, @Nullable Lsn minimum) {
    admit(token);
    return onLoop(database.promote(minimum))
        .thenApply(
            promoted -> {
              readingGeneration++;
              took(
                  new DatabaseReading(DatabaseRole.PRIMARY, promoted.position()),
                  wallClock.instant());
              lastRenewal = null;
              tick();
              return promoted;
            });
  }

  /** Proves that a commit is acknowledged here, under the token. */
  public CompletionStage<Void> verify(FencingToken token) {
    admit(token);
    if (right.held().filter(held -> held.epoch().equals(token.epoch())).isEmpty()) {
      throw new FarshoreException(
          FailoverErrors.LEASE_NOT_AVAILABLE, "The lease is not held under this epoch yet");
    }
    return onLoop(database.proveCommit());
  }

  /**
   * Gives the lease up for an execution: stops writing first, then says where the log ended. Can be
   * repeated.
   */
  public CompletionStage<Void> giveUp(String execution, Epoch epoch) {
    Lease lease = agreement.state().lease(application);
    if (!lease.isHeldBy(region, epoch)) {
      return CompletableFuture.completedFuture(null);
    }
    yieldingFor = execution;
    right.forget();
    closeGate();
    narrator.info("Giving the lease up", keys(epoch));
    return onLoop(database.fence())
        .thenCompose(ended -> onLoop(database.read()))
        .thenCompose(
            last -> {
              took(new DatabaseReading(DatabaseRole.FENCED, last.position()), wallClock.instant());
              return release(epoch, "switchover", sample(last, wallClock.instant()));
            });
  }

  /** What this guard last saw, for the others and for people. */
  public DatabaseReport report() {
    DatabaseReading last = reading;
    return new DatabaseReport(
        region,
        application,
        last == null ? DatabaseRole.UNKNOWN : last.role(),
        last == null ? null : last.position());
  }

  public ApplicationId application() {
    return application;
  }

  /** When the database was last asked with success; empty if it never was. */
  public Optional<Instant> readAt() {
    return Optional.ofNullable(readAt);
  }

  public Optional<Instant> fencedSince() {
    return Optional.ofNullable(fencedSince);
  }

  public Optional<Divergence> divergence() {
    return Optional.ofNullable(divergence);
  }

  /** This region's right to write, valid or not. */
  public Optional<HeldLease> held() {
    return right.held();
  }

  /** Whether a commit may be confirmed at this moment. Safe from any thread. */
  public boolean mayConfirm() {
    return right.mayConfirm();
  }

  private GuardView view(ApplicationRecord record, Lease lease) {
    boolean replicaHeard = false;
    boolean primaryHeard = false;
    for (DatabaseReport other : others.get()) {
      if (other.application().equals(application) && !other.region().equals(region)) {
        replicaHeard |= other.role() == DatabaseRole.REPLICA;
        primaryHeard |= other.role() == DatabaseRole.PRIMARY;
      }
    }
    return new GuardView(
        region,
        record,
        lease,
        leases.surelyEnded(lease),
        right.held().orElse(null),
        reading,
        unanswered,
        replicaHeard,
        primaryHeard,
        yieldingFor != null,
        clock.now(),
        leases.sinceEpoch(application),
        settings.fenceMargin(lease.duration()));
  }

  private void forgetWhatWasLost(ApplicationRecord record, Lease lease) {
    boolean superseded =
        right.held().filter(held -> lease.epoch().isAfter(held.epoch())).isPresent();
    if (superseded) {
      right.forget();
    }
    String execution = yieldingFor;
    if (execution != null
        && record.execution(execution).filter(one -> one.state().isOver()).isPresent()) {
      yieldingFor = null;
    }
  }

  private void readIfDue() {
    MonotonicInstant now = clock.now();
    if (readingInFlight || !due(lastReading, now, settings.readInterval())) {
      return;
    }
    readingInFlight = true;
    lastReading = now;
    long generation = readingGeneration;
    Instant asked = wallClock.instant();
    onLoop(database.read())
        .whenComplete(
            (found, failure) -> {
              readingInFlight = false;
              if (generation != readingGeneration) {
                return; // asked before a promotion, answered after it
              }
              if (failure == null) {
                took(found, asked);
              } else {
                unanswered++;
                if (unanswered == 1) {
                  narrator.warn(
                      "The database does not answer",
                      Map.of("application", application.value(), "error", Narrator.reason(failure)),
                      null);
                }
                if (unanswered >= threshold()) {
                  reading = null;
                }
              }
            });
  }

  private int threshold() {
    return agreement
        .state()
        .application(application)
        .map(record -> record.spec().policy().failureThreshold())
        .orElse(1);
  }

  /**
   * @param asked before the reading: what was written since then may be missing in it
   */
  private void took(DatabaseReading found, Instant asked) {
    reading = found;
    readAt = asked;
    unanswered = 0;
    if (found.role() == DatabaseRole.FENCED) {
      fencedSince = fencedSince == null ? wallClock.instant() : fencedSince;
    } else {
      fencedSince = null;
      divergence = null;
    }
  }

  private Instant asked(@Nullable Instant last) {
    return last == null ? wallClock.instant() : last;
  }

  private void renewIfDue(ApplicationRecord record, Epoch epoch) {
    MonotonicInstant asked = clock.now();
    Duration interval = record.spec().policy().renewInterval();
    if (renewalsInFlight >= RENEWALS_IN_FLIGHT_MAX || !due(lastRenewal, asked, interval)) {
      return;
    }
    lastRenewal = asked;
    renewalsInFlight++;
    Instant at = wallClock.instant();
    DatabaseReading known = reading;
    @Nullable PositionSample position =
        known != null && known.isPrimary() && readAt != null ? sample(known, readAt) : null;
    agreement
        .propose(new RenewLease(application, region, epoch, position, at, member))
        .whenComplete(
            (outcome, failure) -> {
              renewalsInFlight--;
              if (outcome instanceof Accepted(Lease lease, long generation)
                  && lease.isHeldBy(region, epoch)
                  && yieldingFor == null) {
                right.renewed(HeldLease.renewed(lease, asked, settings.drift()), position != null);
                narrator.renewed(application, clock.now().since(asked));
                tick();
              }
            });
  }

  private void takeIfDue(ApplicationRecord record, Lease lease) {
    MonotonicInstant now = clock.now();
    DatabaseReading known = reading;
    if (known == null
        || readAt == null
        || inFlight.contains(GuardAction.TAKE)
        || !due(lastTake, now, record.spec().policy().renewInterval())) {
      return;
    }
    lastTake = now;
    inFlight.add(GuardAction.TAKE);
    agreement
        .propose(
            new TakeLease(
                application,
                region,
                sample(known, readAt),
                lease.revision(),
                wallClock.instant(),
                member))
        .whenComplete(
            (outcome, failure) -> {
              inFlight.remove(GuardAction.TAKE);
              if (outcome instanceof Accepted(Lease granted, long generation)) {
                narrator.info("Took the lease", keys(granted.epoch()));
                lastRenewal = null;
              }
            });
  }

  private CompletionStage<Void> release(
      Epoch epoch, String reason, @Nullable PositionSample position) {
    if (!inFlight.add(GuardAction.RELEASE)) {
      return CompletableFuture.failedFuture(
          new FarshoreException(FailoverErrors.LEASE_NOT_AVAILABLE, "Already being released"));
    }
    right.forget();
    closeGate();
    return agreement
        .propose(
            new ReleaseLease(
                application, region, epoch, reason, position, wallClock.instant(), member))
        .whenComplete(
            (outcome, failure) -> {
              inFlight.remove(GuardAction.RELEASE);
              if (outcome instanceof Accepted) {
                narrator.warn("Gave the lease up", withReason(epoch, reason), null);
              }
            })
        .thenAccept(
            outcome -> {
              if (outcome instanceof ControlOutcome.Refused(var code, var context)) {
                throw new FarshoreException(code, "The lease was not released", context);
              }
            });
  }

  private void fence(String why) {
    if (!inFlight.add(GuardAction.FENCE)) {
      return;
    }
    narrator.warn(
        "Fencing the database",
        withReason(agreement.state().lease(application).epoch(), why),
        null);
    onLoop(database.fence())
        .whenComplete(
            (ended, failure) -> {
              inFlight.remove(GuardAction.FENCE);
              DatabaseReading last = reading;
              if (failure != null) {
                narrator.warn(
                    "The database could not be fenced",
                    Map.of("application", application.value(), "error", Narrator.reason(failure)),
                    null);
              } else if (last != null && last.isPrimary()) {
                readingGeneration++;
                took(new DatabaseReading(DatabaseRole.FENCED, last.position()), asked(readAt));
              }
            });
  }

  private void unfence() {
    if (inFlight.contains(GuardAction.FENCE) || !inFlight.add(GuardAction.UNFENCE)) {
      return;
    }
    onLoop(database.unfence())
        .whenComplete(
            (done, failure) -> {
              inFlight.remove(GuardAction.UNFENCE);
              DatabaseReading last = reading;
              if (failure == null && last != null && last.isPrimary()) {
                readingGeneration++;
                took(new DatabaseReading(DatabaseRole.PRIMARY, last.position()), asked(readAt));
                narrator.info(
                    "The database takes writes again",
                    keys(agreement.state().lease(application).epoch()));
              }
            });
  }

  private void openGate() {
    if (!gateOpen) {
      gateOpen = true;
      database.openGate(right::mayConfirm);
    }
  }

  private void closeGate() {
    if (gateOpen) {
      gateOpen = false;
      database.closeGate();
    }
  }

  /**
   * Tells the quorum when this database is fenced, and what it has that the new primary has not.
   */
  private void report(ApplicationRecord record, GuardView view) {
    RegionCondition told =
        record.region(region).orElseGet(() -> new RegionCondition(region, null, null));
    if (fencedSince != null && told.fencedSince() != null) {
      // A restarted guard goes on with what it had found before.
      fencedSince = told.fencedSince();
      divergence = divergence == null ? told.divergence() : divergence;
    }
    measureDivergence(record, view);
    boolean fenced = fencedSince != null;
    boolean same =
        fenced == (told.fencedSince() != null)
            && java.util.Objects.equals(divergence, told.divergence());
    if (same || reporting || reading == null) {
      return;
    }
    reporting = true;
    agreement
        .propose(
            new ReportRegion(
                application, region, fencedSince, divergence, wallClock.instant(), member))
        .whenComplete((outcome, failure) -> reporting = false);
  }

  private void measureDivergence(ApplicationRecord record, GuardView view) {
    boolean leftBehind =
        fencedSince != null
            && record.writer().region() != null
            && !region.equals(record.writer().region())
            && !record.writer().forks().isEmpty();
    if (!leftBehind
        || measuring
        || divergence != null
        || view.reading() == null
        || !due(lastMeasuring, view.now(), MEASURE_PAUSE)) {
      return;
    }
    measuring = true;
    lastMeasuring = view.now();
    onLoop(database.divergence(record.writer().forks()))
        .whenComplete(
            (found, failure) -> {
              measuring = false;
              if (failure == null && fencedSince != null) {
                divergence = found.orElse(null);
              }
            });
  }

  private void admit(FencingToken token) {
    if (!token.holder().equals(region) || !epochs.admit(application, token.epoch())) {
      throw new FarshoreException(
          FailoverErrors.STALE_TOKEN,
          "The order carries an older token than this region has seen",
          Map.of(
              "holder", token.holder().value(),
              "epoch", token.epoch().toString(),
              "newest", epochs.newest(application).toString()));
    }
  }

  private static boolean due(
      @Nullable MonotonicInstant last, MonotonicInstant now, Duration interval) {
    return last == null || now.since(last).compareTo(interval) >= 0;
  }

  private static PositionSample sample(DatabaseReading reading, Instant at) {
    return new PositionSample(reading.position(), at);
  }

  private <T> CompletionStage<T> onLoop(CompletionStage<T> stage) {
    CompletableFuture<T> there = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) ->
            loop.schedule(
                Duration.ZERO,
                () -> {
                  if (failure == null) {
                    there.complete(value);
                  } else {
                    there.completeExceptionally(failure);
                  }
                }));
    return there;
  }

  private Map<String, String> keys(Epoch epoch) {
    return Map.of(
        "application", application.value(), "region", region.value(), "epoch", epoch.toString());
  }

  private Map<String, String> withReason(Epoch epoch, String reason) {
    return Map.of(
        "application", application.value(),
        "region", region.value(),
        "epoch", epoch.toString(),
        "reason", reason);
  }
}
