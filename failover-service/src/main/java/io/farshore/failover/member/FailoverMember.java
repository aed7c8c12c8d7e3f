package io.farshore.failover.member;

import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand;
import io.farshore.failover.control.ControlJson;
import io.farshore.failover.control.ControlOutcome;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.control.ControlStateMachine;
import io.farshore.failover.evidence.EndpointProber;
import io.farshore.failover.evidence.EvidenceBook;
import io.farshore.failover.evidence.EvidenceDecider;
import io.farshore.failover.evidence.MemberReport;
import io.farshore.failover.evidence.Observer;
import io.farshore.failover.evidence.ObserverReport;
import io.farshore.failover.evidence.ProbePlan;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.lease.EpochMemory;
import io.farshore.failover.lease.GuardSettings;
import io.farshore.failover.lease.GuardedDatabase;
import io.farshore.failover.lease.LeaseWatch;
import io.farshore.failover.lease.RegionGuard;
import io.farshore.failover.lease.Surroundings;
import io.farshore.failover.plan.DatabaseReport;
import io.farshore.failover.plan.Situation;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Scheduler;
import io.farshore.quorum.Quorum;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A member at work. Start it once; then everything happens on its loop, which must run one task at
 * a time. Other threads ask it through {@link #onLoop}.
 */
public final class FailoverMember implements AutoCloseable {
  private static final String REPORT = "evidence.report";

  /** How often members tell each other what they see. */
  static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  /** Leadership is not handed around more often than this. */
  private static final Duration TRANSFER_PAUSE = Duration.ofSeconds(10);

  private final Parts parts;
  private final Agreement agreement;
  private final LeaseWatch leases;
  private final EvidenceBook book;
  private final Observer observer;
  private final Guards guards;
  private final SituationReader situations;
  private final MoveExecutor executor;
  private final Moves moves;
  private final Bulletin bulletin;
  private @Nullable ControlState planned;
  private @Nullable MonotonicInstant lastReport;
  private @Nullable MonotonicInstant lastTransfer;
  private boolean closed;

  /** Everything a member needs from outside. */
  public record Parts(
      Quorum quorum,
      Set<MemberId> members,
      ControlStateMachine machine,
      ControlJson json,
      Map<ApplicationId, GuardedDatabase> databases,
      EpochMemory epochs,
      EndpointProber prober,
      GuardSettings settings,
      IdGenerator ids,
      Clock wallClock,
      MonotonicClock clock,
      Scheduler loop,
      Narrator narrator) {
    public Parts {
      members = Set.copyOf(members);
      databases = Map.copyOf(databases);
    }
  }

  public FailoverMember(Parts parts) {
    this.parts = parts;
    Scheduler loop = parts.loop();
    this.agreement = new QuorumAgreement(parts.quorum(), parts.machine(), parts.json(), loop);
    this.leases = new LeaseWatch(parts.clock(), parts.wallClock(), parts.settings().drift());
    this.book = new EvidenceBook(parts.clock());
    MemberId self = parts.quorum().self();
    this.observer = new Observer(self, parts.prober(), parts.wallClock(), parts.clock(), loop);
    this.situations =
        new SituationReader(new EvidenceDecider(parts.members()), book, leases, parts.wallClock());
    ExecutionRequests requests = new ExecutionRequests(parts.ids(), parts.wallClock());
    this.guards = new Guards(guards(self), parts.json(), loop, parts.narrator());
    this.executor =
        new MoveExecutor(
            parts.quorum(),
            agreement,
            situations,
            leases,
            requests,
            parts.json(),
            parts.wallClock(),
            parts.clock(),
            loop,
            parts.narrator());
    this.moves = new Moves(agreement, situations, requests, executor);
    this.bulletin = new Bulletin(self, parts.narrator());
  }

  private Map<ApplicationId, RegionGuard> guards(MemberId self) {
    if (parts.databases().isEmpty()) {
      return Map.of(); // a quorum witness, or a region without data
    }
    Surroundings around =
        new Surroundings(
            new RegionId(self.value()),
            self,
            agreement,
            leases,
            parts.epochs(),
            book::databases,
            parts.settings(),
            parts.wallClock(),
            parts.clock(),
            parts.loop(),
            parts.narrator());
    Map<ApplicationId, RegionGuard> all = new HashMap<>();
    parts
        .databases()
        .forEach(
            (application, database) ->
                all.put(application, new RegionGuard(application, database, around)));
    return all;
  }

  /** Begins to observe, guard and execute. */
  public void start() {
    guards.serve(parts.quorum());
    parts
        .quorum()
        .subscribe(
            REPORT,
            (sender, bytes) -> {
              MemberReport report = parts.json().read(bytes, MemberReport.class);
              parts.loop().schedule(Duration.ZERO, () -> book.on(sender, report));
            });
    parts.machine().onChange(() -> parts.loop().schedule(Duration.ZERO, this::look));
    parts.loop().schedule(Duration.ZERO, this::tick);
  }

  private void tick() {
    if (closed) {
      return;
    }
    parts.loop().schedule(parts.settings().tick(), this::tick);
    look();
    observer.tick();
    spread();
    preferLeader();
  }

  /** Takes in what was agreed on and does what follows from it. */
  private void look() {
    if (closed) {
      return;
    }
    ControlState state = agreement.state();
    state.leases().leases().forEach(leases::on);
    ControlState before = planned;
    if (before == null
        || !before.applications().keySet().equals(state.applications().keySet())
        || !specs(before).equals(specs(state))) {
      observer.adopt(ProbePlan.of(specs(state), parts.members()));
    }
    if (before != null) {
      bulletin.on(before, state);
    }
    planned = state;
    guards.tick();
    executor.tick();
  }

  private static List<ProtectedApplication> specs(ControlState state) {
    return state.applications().values().stream().map(ApplicationRecord::spec).toList();
  }

  private void spread() {
    MonotonicInstant now = parts.clock().now();
    MonotonicInstant last = lastReport;
    if (last != null && now.since(last).compareTo(REPORT_INTERVAL) < 0) {
      return;
    }
    lastReport = now;
    MemberReport report =
        new MemberReport(
            observer.report(), guards.all().stream().map(RegionGuard::report).toList());
    MemberId self = parts.quorum().self();
    book.on(self, report);
    agreement
        .state()
        .applications()
        .values()
        .forEach(record -> bulletin.on(situations.findings(record)));
    byte[] bytes = parts.json().write(report);
    parts.members().stream()
        .filter(member -> !member.equals(self))
        .forEach(member -> parts.quorum().send(member, REPORT, bytes));
  }

  private void preferLeader() {
    MonotonicInstant now = parts.clock().now();
    MonotonicInstant last = lastTransfer;
    if (!parts.quorum().leading()
        || (last != null && now.since(last).compareTo(TRANSFER_PAUSE) < 0)) {
      return;
    }
    List<MemberId> heard = book.observations().stream().map(ObserverReport::observer).toList();
    LeadershipPreference.better(agreement.state(), parts.quorum().self(), heard)
        .ifPresent(
            better -> {
              lastTransfer = now;
              parts.narrator().info("Handing leadership over", Map.of("to", better.value()));
              parts
                  .quorum()
                  .transferLeadership(better)
                  .whenComplete(
                      (done, failure) -> {
                        if (failure != null) {
                          parts
                              .narrator()
                              .info(
                                  "Leadership was not handed over",
                                  Map.of("error", Narrator.reason(failure)));
                        }
                      });
            });
  }

  /** What this member has applied. Safe from any thread. */
  public ControlState state() {
    return agreement.state();
  }

  public Agreement agreement() {
    return agreement;
  }

  public Set<MemberId> members() {
    return parts.members();
  }

  public Quorum quorum() {
    return parts.quorum();
  }

  /** This region's guards; empty in a witness. Their reports are to be read on the loop. */
  public Collection<RegionGuard> guards() {
    return guards.all();
  }

  /** The last verdict on a region. Safe from any thread. */
  public RegionVerdict verdict(RegionId region) {
    return bulletin.verdict(region);
  }

  /** What observers said lately. On the loop. */
  public List<ObserverReport> observations() {
    return book.observations();
  }

  /** The verdicts on an application's regions. On the loop. */
  public Map<RegionId, RegionFinding> findings(ApplicationRecord record) {
    return situations.findings(record);
  }

  /** What a decision about an application would rest on now. On the loop. */
  public Situation situation(ApplicationRecord record) {
    return situations.read(agreement.state(), record);
  }

  /** The leases by this member's clock. On the loop. */
  public LeaseWatch leases() {
    return leases;
  }

  /** What guards said lately of their databases. On the loop. */
  public List<DatabaseReport> databases() {
    return book.databases();
  }

  /** Runs a question on the loop and answers from there. */
  public <T> CompletionStage<T> onLoop(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    parts
        .loop()
        .schedule(
            Duration.ZERO,
            () -> {
              try {
                answer.complete(question.call());
              } catch (Exception failed) {
                answer.completeExceptionally(failed);
              }
            });
    return answer;
  }

  /**
   * Begins a move that a person asked for.
   *
   * @param id of the execution; the same id again has no effect
   * @param target where to; absent: the best candidate
   * @param traceparent the request's trace context; absent: a new one
   * @return the id; fails with the refusal
   */
  public CompletionStage<String> move(
      String id,
      ApplicationId application,
      @Nullable RegionId target,
      String reason,
      String subject,
      boolean acceptLoss,
      Set<StepName> holdBefore,
      @Nullable String traceparent) {
    Moves.Wish wish =
        new Moves.Wish(
            id, application, target, reason, subject, acceptLoss, holdBefore, traceparent);
    return onLoop(() -> moves.begin(wish)).thenCompose(begun -> begun);
  }

  /** Proposes a command and answers, or fails with the quorum's refusal. */
  public CompletionStage<ControlOutcome.Accepted> require(ControlCommand command) {
    return agreement
        .propose(command)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case ControlOutcome.Accepted accepted -> accepted;
                  case ControlOutcome.Refused(var code, var context) ->
                      throw new FarshoreException(code, "The quorum refused", context);
                });
  }

  @Override
  public void close() {
    closed = true;
  }
}
