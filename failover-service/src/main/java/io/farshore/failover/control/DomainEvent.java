package io.farshore.failover.control;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something the quorum agreed on that others want to know of. Every region tells its own broker;
 * the id is the same everywhere and every time.
 *
 * @param index the log position of the command it follows from
 * @param id unique for ever
 * @param type one of {@link io.farshore.contracts.event.EventTypes}
 * @param subject what it is about
 * @param at by the proposer's wall clock
 * @param traceparent the execution's, if it belongs to one
 * @param data the event's own fields
 */
public record DomainEvent(
    long index,
    String id,
    String type,
    String subject,
    Instant at,
    @Nullable String traceparent,
    Map<String, Object> data) {}
