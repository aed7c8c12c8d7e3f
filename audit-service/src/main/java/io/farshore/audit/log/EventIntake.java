package io.farshore.audit.log;

import io.farshore.audit.event.AuditEvent;
import io.farshore.audit.event.EventReader;
import io.farshore.audit.event.EventReading;
import io.farshore.audit.record.OcsfRecords;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/** From a message's body to a durable entry. Thread-safe. */
public final class EventIntake {
  /** What the sender, or the broker, is to be told. */
  public sealed interface Verdict {
    /** The event is in the log and durable, by this message or an earlier one. */
    record Logged(boolean duplicate) implements Verdict {}

    /** The message is no event; that it came is in the log. */
    record Rejected(String reason) implements Verdict {}
  }

  private final EventReader reader;
  private final OcsfRecords records;
  private final OwnEvents ownEvents;
  private final AuditLog log;
  private final Clock clock;

  public EventIntake(
      EventReader reader, OcsfRecords records, OwnEvents ownEvents, AuditLog log, Clock clock) {
    this.reader = reader;
    this.records = records;
    this.ownEvents = ownEvents;
    this.log = log;
    this.clock = clock;
  }

  /** The verdict comes when it is final: nothing is acknowledged before it is durable. */
  public CompletionStage<Verdict> take(byte[] body) {
    return switch (reader.read(body)) {
      case EventReading.Understood(AuditEvent event) ->
          log.append(new PreparedEntry(event.id(), records.encode(event, clock.instant())))
              .thenApply(outcome -> new Verdict.Logged(outcome instanceof AppendOutcome.Duplicate));
      case EventReading.Poison poison ->
          log.append(ownEvents.rejected(poison))
              .thenApply(outcome -> new Verdict.Rejected(poison.reason()));
    };
  }
}
