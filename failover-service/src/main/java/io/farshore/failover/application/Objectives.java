package io.farshore.failover.application;

import java.time.Duration;

/**
 * What an application promises its owner.
 *
 * @param recoveryPoint committed work that may be lost, in time
 * @param recoveryTime how long it may be unable to write
 */
public record Objectives(Duration recoveryPoint, Duration recoveryTime) {}
