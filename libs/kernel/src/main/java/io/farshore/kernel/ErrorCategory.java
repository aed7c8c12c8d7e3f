package io.farshore.kernel;

/** What kind of failure an error is; the HTTP status follows from it in one table. */
public enum ErrorCategory {
  /** The request is malformed or breaks a rule that needs no state to see. */
  INVALID,
  /** No valid credentials. */
  UNAUTHENTICATED,
  /** Valid credentials without the needed role. */
  FORBIDDEN,
  NOT_FOUND,
  /** The request contradicts the present state. */
  CONFLICT,
  /** A version or fencing token is older than the resource's. */
  STALE,
  /** A precondition header is missing. */
  PRECONDITION_REQUIRED,
  /** Refused because doing it would break an objective or a policy. */
  REFUSED,
  /** A limit on size or number was passed. */
  TOO_LARGE,
  /** Something needed is not answering now. */
  UNAVAILABLE,
  /** Stored data fails its checks. */
  CORRUPT,
  /** No room left, on disk or in a quota. */
  EXHAUSTED,
  /** A defect of Farshore's own. */
  INTERNAL
}
