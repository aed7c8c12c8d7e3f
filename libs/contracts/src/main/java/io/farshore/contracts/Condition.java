package io.farshore.contracts;

import java.time.Instant;

/**
 * One observed fact about a resource, in the shape Kubernetes users know.
 *
 * @param type what is said, for example {@code Protected}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one CamelCase word
 * @param message for a person
 * @param lastTransitionTime when {@code status} last changed
 */
public record Condition(
    String type, String status, String reason, String message, Instant lastTransitionTime) {}
