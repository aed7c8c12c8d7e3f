package io.farshore.vault.restore;

import java.util.List;

/**
 * What reading a whole recovery point back from one copy has shown.
 *
 * @param copy which
 * @param chunks different ones that were looked at
 * @param goodBytes content that was authenticated
 * @param damages the first thousand
 * @param damageCount how many there were
 */
public record Verification(
    String copy, long chunks, long goodBytes, List<Damage> damages, long damageCount) {
  public boolean intact() {
    return damageCount == 0;
  }
}
