package io.farshore.vault.restore;

import io.farshore.vault.copy.Copy;
import io.farshore.vault.pack.CopyIndex;

/**
 * A copy and what lies in it.
 *
 * @param copy which
 * @param index its chunks
 */
public record IndexedCopy(Copy copy, CopyIndex index) {}
