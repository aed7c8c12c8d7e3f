package io.farshore.postgres.backup;

/**
 * A directory outside the data directory that holds tables.
 *
 * @param oid the server's number for it
 * @param location where it lies on the server
 */
public record Tablespace(long oid, String location) {}
