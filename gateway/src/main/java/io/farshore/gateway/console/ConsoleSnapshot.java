package io.farshore.gateway.console;

import io.farshore.contracts.gateway.RoutesView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All the page shows.
 *
 * @param at when this was put together
 * @param routes this gateway's own routing
 * @param blocks by name; {@code region-status} has one for each region, as {@code
 *     region-status/us-east}
 * @param events the latest first
 * @param eventsLive whether the region's broker delivers events now
 */
@RegisterForReflection
public record ConsoleSnapshot(
    Instant at,
    RoutesView routes,
    Map<String, ConsoleBlock> blocks,
    List<EventLine> events,
    boolean eventsLive) {}
