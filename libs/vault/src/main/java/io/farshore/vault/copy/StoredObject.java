package io.farshore.vault.copy;

/**
 * An object that is completely stored.
 *
 * @param name its name
 * @param bytes its length
 */
public record StoredObject(ObjectName name, long bytes) {}
