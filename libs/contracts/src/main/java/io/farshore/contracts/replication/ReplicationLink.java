package io.farshore.contracts.replication;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stream of changes from one region to another. {@code GET /v1/links}.
 *
 * @param application whose
 * @param component the database component
 * @param from where changes are made
 * @param to where they arrive
 * @param state {@code streaming}, {@code idle}, {@code disconnected} or {@code unknown}
 * @param timeline of the receiver
 * @param serverLagBytes log the sender has written and the receiver has not replayed
 * @param serverLag replay delay as the server's views give it
 * @param heartbeatLag age of the newest heartbeat row that arrived
 * @param lastHeartbeatAt when that row was written
 * @param observedAt when this was measured
 */
public record ReplicationLink(
    String application,
    String component,
    String from,
    String to,
    String state,
    @Nullable Long timeline,
    @Nullable Long serverLagBytes,
    @Nullable Duration serverLag,
    @Nullable Duration heartbeatLag,
    @Nullable Instant lastHeartbeatAt,
    Instant observedAt) {}
