package io.farshore.failover.lease;

import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.plan.DatabaseRole;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a region's guard does. Pure. The rule behind it: the database takes writes only
 * while this region holds a valid lease; whoever cannot prove that he does, fences.
 */
public final class GuardDecider {
  private GuardDecider() {}

  /** Everything that should be done now; the guard skips what it is already doing. */
  public static Set<GuardAction> decide(GuardView view) {
    Set<GuardAction> actions = EnumSet.noneOf(GuardAction.class);
    if (mayRenew(view)) {
      actions.add(GuardAction.RENEW);
    }
    if ((databaseIsLost(view) || view.abandoned()) && view.isOurs() && !view.yielding()) {
      actions.add(GuardAction.RELEASE);
    }
    if (mayTake(view)) {
      actions.add(GuardAction.TAKE);
    }
    if (mustFence(view)) {
      actions.add(GuardAction.FENCE);
    }
    if (mayWrite(view)) {
      if (view.reading() != null && view.reading().role() == DatabaseRole.FENCED) {
        actions.add(GuardAction.UNFENCE);
      }
      if (view.record().spec().policy().commitGate()) {
        actions.add(GuardAction.OPEN_GATE);
      }
    } else {
      actions.add(GuardAction.CLOSE_GATE);
    }
    return actions;
  }

  /** Whether the database may take writes: a safe lease, and a primary to use it with. */
  private static boolean mayWrite(GuardView view) {
    return view.holdsSafely()
        && !view.yielding()
        && view.isOurs()
        && view.reading() != null
        && view.reading().isPrimary();
  }

  private static boolean mayRenew(GuardView view) {
    if (!view.isOurs() || view.abandoned() || view.yielding() || databaseIsLost(view)) {
      return false;
    }
    // A target renews from the grant on, while its replica is still being promoted.
    return isPrimary(view) || view.reading() == null || isBeingPromoted(view);
  }

  private static boolean databaseIsLost(GuardView view) {
    if (isBeingPromoted(view)) {
      return false;
    }
    boolean silent = view.unansweredReadings() >= view.record().spec().policy().failureThreshold();
    boolean replica = view.reading() != null && !view.reading().isPrimary();
    return silent || replica;
  }

  private static boolean mayTake(GuardView view) {
    DatabaseReading reading = view.reading();
    if (reading == null
        || !reading.isPrimary()
        || !view.leaseEnded()
        || view.yielding()
        || view.record().underWay().isPresent()) {
      return false;
    }
    RegionId writer = view.record().writer().region();
    if (writer == null) {
      return view.record().spec().home().equals(view.region())
          && view.replicaHeard()
          && !view.primaryHeard();
    }
    return writer.equals(view.region())
        && view.record()
            .writer()
            .history()
            .timeline()
            .filter(timeline -> !timeline.equals(reading.position().timeline()))
            .isEmpty();
  }

  private static boolean mustFence(GuardView view) {
    if (view.reading() == null || view.reading().role() != DatabaseRole.PRIMARY) {
      return false;
    }
    if (view.record().writer().region() == null) {
      // Never granted: the application writes as it did before it was declared.
      return false;
    }
    if (view.yielding() || !view.isOurs()) {
      return true;
    }
    if (view.held() == null) {
      // Just started, or just granted: the first renewal is on its way. Behind a commit gate that
      // is safe for a whole lease, because nothing is confirmed before it comes.
      Duration patience =
          view.record().spec().policy().commitGate() ? view.lease().duration() : view.fenceMargin();
      return view.sinceEpochSeen().compareTo(patience) > 0 && !isBeingPromoted(view);
    }
    return !view.holdsSafely();
  }

  private static boolean isPrimary(GuardView view) {
    return view.reading() != null && view.reading().isPrimary();
  }

  /** Granted, and not a primary yet; also while a person is asked before the promotion. */
  private static boolean isBeingPromoted(GuardView view) {
    Optional<ExecutionRecord> execution = view.record().underWay();
    return execution.isPresent()
        && execution.get().request().to().equals(view.region())
        && execution.get().epoch().equals(view.lease().epoch())
        && !execution.get().epoch().equals(Epoch.NONE)
        && execution.get().ahead().filter(StepName.PROMOTE::equals).isPresent();
  }
}
