package io.farshore.ledger;

/**
 * An account as it stands.
 *
 * @param id its name
 * @param balance in minor units; never negative
 */
public record Account(String id, long balance) {}
