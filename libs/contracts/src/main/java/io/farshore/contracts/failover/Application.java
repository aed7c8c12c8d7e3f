package io.farshore.contracts.failover;

import io.farshore.contracts.Metadata;

/** A protected application: {@code GET /v1/applications/{name}}. */
public record Application(Metadata metadata, ApplicationSpec spec, ApplicationStatus status) {}
