package io.farshore.ledger;

/**
 * Whether the books balance, read in one snapshot.
 *
 * @param holds whether every condition below is met
 * @param accounts how many there are
 * @param transfers how many are booked
 * @param totalBalance sum of all balances, in minor units
 * @param openingBalance sum of all balances when the accounts were opened; must equal {@code
 *     totalBalance}
 * @param mismatchedAccounts accounts whose balance is not their opening balance plus what came in
 *     minus what went out; must be 0
 * @param negativeAccounts accounts below 0; must be 0
 */
public record Invariant(
    boolean holds,
    long accounts,
    long transfers,
    long totalBalance,
    long openingBalance,
    long mismatchedAccounts,
    long negativeAccounts) {

  /** Judges what was read. */
  public static Invariant of(
      long accounts, long transfers, long total, long opening, long mismatched, long negative) {
    boolean holds = total == opening && mismatched == 0 && negative == 0;
    return new Invariant(holds, accounts, transfers, total, opening, mismatched, negative);
  }
}
