package io.farshore.failover.control;

import java.time.Instant;
import java.util.Map;

/**
 * Why the quorum did not move an application that should move.
 *
 * @param code stable
 * @param context what was particular
 * @param since when this was first found
 */
public record Refusal(String code, Map<String, String> context, Instant since) {}
