package io.farshore.quarkus.region;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where this process finds the others. Addresses differ by viewpoint, so each process has a book of
 * its own. Immutable.
 */
public final class AddressBook {
  public static final ErrorCode ENDPOINT_UNKNOWN =
      ErrorCode.permanent("endpoint-unknown", ErrorCategory.NOT_FOUND);

  private final SortedMap<RegionId, Map<String, Endpoint>> endpoints;

  private AddressBook(SortedMap<RegionId, Map<String, Endpoint>> endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Reads {@code region → name → address}.
   *
   * @throws IllegalArgumentException naming the property, if an address or a region cannot be read
   */
  public static AddressBook of(Map<String, Map<String, String>> addresses) {
    SortedMap<RegionId, Map<String, Endpoint>> endpoints = new TreeMap<>();
    addresses.forEach(
        (region, names) -> {
          Map<String, Endpoint> parsed = new TreeMap<>();
          names.forEach((name, address) -> parsed.put(name, parse(region, name, address)));
          endpoints.put(region(region), Map.copyOf(parsed));
        });
    return new AddressBook(endpoints);
  }

  private static RegionId region(String region) {
    try {
      return new RegionId(region);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("farshore.endpoints." + region + ": " + e.getMessage(), e);
    }
  }

  private static Endpoint parse(String region, String name, String address) {
    try {
      return Endpoint.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "farshore.endpoints." + region + "." + name + ": " + e.getMessage(), e);
    }
  }

  /** Every region that has an entry, in the order of their names. */
  public SortedSet<RegionId> regions() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(endpoints.keySet()));
  }

  /** Every entry of one region by name; empty if the region is not in the book. */
  public Map<String, Endpoint> of(RegionId region) {
    return endpoints.getOrDefault(region, Map.of());
  }

  public Optional<Endpoint> find(RegionId region, String name) {
    return Optional.ofNullable(of(region).get(name));
  }

  /**
   * As {@link #find}, where going on without it makes no sense.
   *
   * @throws FarshoreException {@code endpoint-unknown}, naming the missing property
   */
  public Endpoint require(RegionId region, String name) {
    return find(region, name)
        .orElseThrow(
            () ->
                new FarshoreException(
                    ENDPOINT_UNKNOWN,
                    "The address book has no such endpoint",
                    Map.of("property", "farshore.endpoints." + region + "." + name)));
  }
}
