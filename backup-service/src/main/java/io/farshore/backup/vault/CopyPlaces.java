package io.farshore.backup.vault;

import java.util.Map;

/**
 * Where each copy lies, for people and reports.
 *
 * @param byName by the copy's name
 */
public record CopyPlaces(Map<String, Place> byName) {
  public CopyPlaces {
    byName = Map.copyOf(byName);
  }

  /**
   * @param region where
   * @param medium {@code disk}, {@code object-store} or {@code archive}
   */
  public record Place(String region, String medium) {}

  public Place of(String copy) {
    return byName.getOrDefault(copy, new Place("unknown", "unknown"));
  }
}
