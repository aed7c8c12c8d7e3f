package io.farshore.replication.lag;

import java.time.Duration;

/** What is worth telling of a link. */
public sealed interface LinkEvent {
  LinkKey link();

  /** Lag was at or above a threshold for some looks in a row. */
  record LagBreached(LinkKey link, Level level, Duration lag, Duration threshold)
      implements LinkEvent {}

  /** Lag was below the lower threshold for some looks in a row. */
  record LagRecovered(LinkKey link, Duration lag) implements LinkEvent {}

  /** Nothing is connected for some looks in a row. */
  record LinkLost(LinkKey link) implements LinkEvent {}

  /** Connected again. */
  record LinkRestored(LinkKey link) implements LinkEvent {}

  /** How bad. */
  enum Level {
    WARNING,
    CRITICAL
  }
}
