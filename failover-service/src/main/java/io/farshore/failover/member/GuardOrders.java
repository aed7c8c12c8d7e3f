package io.farshore.failover.member;

import io.farshore.failover.control.Fork;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FencingToken;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import org.jspecify.annotations.Nullable;

/** What an executor orders a region's guard to do, and how it answers. */
public final class GuardOrders {
  static final String PROMOTE = "guard.promote";
  static final String VERIFY = "guard.verify";
  static final String YIELD = "guard.yield";

  private GuardOrders() {}

  /** Make the replica a primary. */
  public record Promote(
      ApplicationId application,
      String execution,
      String traceparent,
      FencingToken token,
      @Nullable Lsn minimum) {}

  /** The replica is a primary. */
  public record Promoted(Fork fork, ReplicationPosition position) {}

  /** Prove that a commit is acknowledged. */
  public record Verify(
      ApplicationId application, String execution, String traceparent, FencingToken token) {}

  /** Stop writing and give the lease up. */
  public record Yield(
      ApplicationId application, String execution, String traceparent, Epoch epoch) {}

  /** Done. */
  public record Done(boolean done) {
    static final Done DONE = new Done(true);
  }
}
