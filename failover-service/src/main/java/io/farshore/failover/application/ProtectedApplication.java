package io.farshore.failover.application;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import java.util.List;
import java.util.Optional;

/**
 * An application as it was declared, checked and with every default filled in.
 *
 * @param id its name
 * @param owner who answers for it
 * @param tier how much it matters
 * @param objectives its own, or its tier's
 * @param regions in order of preference; the first is its home
 * @param components what it is made of: exactly one PostgreSQL, at least one HTTP
 * @param policy how it moves
 */
public record ProtectedApplication(
    ApplicationId id,
    String owner,
    Tier tier,
    Objectives objectives,
    List<RegionId> regions,
    List<Component> components,
    FailoverPolicy policy) {

  public ProtectedApplication {
    regions = List.copyOf(regions);
    components = List.copyOf(components);
  }

  /** Where it runs when nothing speaks against it. */
  public RegionId home() {
    return regions.getFirst();
  }

  /** The first component of a kind, in the order declared. */
  public Optional<Component> component(ComponentKind kind) {
    return components.stream().filter(component -> component.kind() == kind).findFirst();
  }
}
