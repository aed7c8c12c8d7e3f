package io.farshore.vault.repository;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.StoredObject;
import io.farshore.vault.pack.PackReader;
import java.util.Optional;

/** Checks all packs' own checksums. */
final class PackScan {
  private PackScan() {}

  static boolean good(CopyStore store) {
    try {
      for (StoredObject object : store.list("packs", Optional.empty())) {
        PackReader.checkDigest(store, object);
      }
      return true;
    } catch (FarshoreException e) {
      return false;
    }
  }
}
