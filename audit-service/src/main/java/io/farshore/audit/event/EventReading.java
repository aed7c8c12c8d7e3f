package io.farshore.audit.event;

/** What became of a message. */
public sealed interface EventReading {
  /** It is an event. */
  record Understood(AuditEvent event) implements EventReading {}

  /**
   * It is none, and never will be.
   *
   * @param reason what is wrong with it; holds nothing of its content
   * @param sha256 of the message's body, hexadecimal
   * @param bytes length of the message's body
   */
  record Poison(String reason, String sha256, int bytes) implements EventReading {}
}
