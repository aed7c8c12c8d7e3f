package io.farshore.contracts.backup;

/**
 * Body of {@code POST /v1/backup-runs}.
 *
 * @param application whose
 * @param component the database component
 */
public record BackupRequest(String application, String component) {}
