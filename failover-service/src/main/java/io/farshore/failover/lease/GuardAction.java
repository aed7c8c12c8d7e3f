package io.farshore.failover.lease;

/** What a guard may do next. Several may hold at once; each can be repeated. */
public enum GuardAction {
  /** Ask for a lease nobody holds. */
  TAKE,
  /** Renew the lease the quorum says is ours. */
  RENEW,
  /** Give the lease up: the database does not serve. */
  RELEASE,
  /** Make the database refuse writes. */
  FENCE,
  /** Let the database take writes again. */
  UNFENCE,
  /** Confirm commits while the lease is valid. */
  OPEN_GATE,
  /** Confirm none. */
  CLOSE_GATE
}
