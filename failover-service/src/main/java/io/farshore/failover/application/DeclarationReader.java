package io.farshore.failover.application;

import io.farshore.contracts.Problem.FieldError;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationSpec.ComponentSpec;
import io.farshore.contracts.failover.ApplicationSpec.FailoverSpec;
import io.farshore.contracts.failover.ApplicationSpec.RegionSpec;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a person declared into a {@link ProtectedApplication}, or says of every field what is
 * wrong with it. A reader serves one declaration. The body comes from outside, so any part of it
 * may be missing, whatever its type promises.
 */
public final class DeclarationReader {
  static final int OWNER_CHARACTERS_MAX = 200;

  /** One home and at least one region to go to. */
  static final int REGIONS_MIN = 2;

  static final int REGIONS_MAX = 16;
  static final int COMPONENTS_MAX = 64;
  static final int SETTINGS_MAX = 64;
  static final int SETTING_CHARACTERS_MAX = 1_000;

  /** Renewals every 400 ms: less leaves no room for a slow disk or a distant quorum. */
  static final Duration LEASE_MIN = Duration.ofSeconds(2);

  static final Duration LEASE_MAX = Duration.ofMinutes(5);
  static final Duration PROBE_INTERVAL_MIN = Duration.ofMillis(100);
  static final Duration PROBE_INTERVAL_MAX = Duration.ofMinutes(1);
  static final int FAILURE_THRESHOLD_MAX = 20;
  static final Duration OBJECTIVE_MAX = Duration.ofDays(30);

  private final List<FieldError> errors = new ArrayList<>();

  private DeclarationReader() {}

  /** Reads one declaration. */
  public static Declaration read(String name, @Nullable ApplicationSpec spec) {
    DeclarationReader reader = new DeclarationReader();
    Optional<ProtectedApplication> application =
        spec == null ? reader.reject("", "a body is needed") : reader.application(name, spec);
    return reader.errors.isEmpty() && application.isPresent()
        ? new Declaration.Valid(application.get())
        : new Declaration.Invalid(reader.errors);
  }

  private Optional<ProtectedApplication> application(String name, ApplicationSpec spec) {
    Optional<ApplicationId> id = label("name", name, ApplicationId::new);
    String owner = owner(spec.owner());
    Optional<Tier> tier =
        word("/tier", spec.tier(), Tier::of, "critical, high, medium, low, custom");
    Optional<Objectives> objectives = tier.flatMap(found -> objectives(found, spec));
    List<RegionId> regions = regions(spec.regions());
    List<Component> components = components(spec.components());
    Optional<FailoverPolicy> policy = policy(spec.failover());
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProtectedApplication(
            id.orElseThrow(),
            owner,
            tier.orElseThrow(),
            objectives.orElseThrow(),
            regions,
            components,
            policy.orElseThrow()));
  }

  private String owner(@Nullable String owner) {
    if (owner == null || owner.isBlank() || owner.length() > OWNER_CHARACTERS_MAX) {
      reject("/owner", "1 to " + OWNER_CHARACTERS_MAX + " characters");
      return "";
    }
    return owner;
  }

  private Optional<Objectives> objectives(Tier tier, ApplicationSpec spec) {
    Duration point = spec.recoveryPointObjective();
    Duration time = spec.recoveryTimeObjective();
    if (tier == Tier.CUSTOM && (point == null || time == null)) {
      return reject("/tier", "custom needs recoveryPointObjective and recoveryTimeObjective");
    }
    if (point != null) {
      within("/recoveryPointObjective", point, Duration.ZERO, OBJECTIVE_MAX);
    }
    if (time != null) {
      within("/recoveryTimeObjective", time, Duration.ofSeconds(1), OBJECTIVE_MAX);
    }
    Objectives defaults = tier.defaults();
    return Optional.of(
        new Objectives(
            point == null ? defaults.recoveryPoint() : point,
            time == null ? defaults.recoveryTime() : time));
  }

  private List<RegionId> regions(@Nullable List<@Nullable RegionSpec> specs) {
    List<RegionId> regions = new ArrayList<>();
    if (specs == null || specs.size() < REGIONS_MIN || specs.size() > REGIONS_MAX) {
      reject("/regions", REGIONS_MIN + " to " + REGIONS_MAX + " regions");
      return regions;
    }
    for (int i = 0; i < specs.size(); i++) {
      String pointer = "/regions/" + i;
      RegionSpec spec = specs.get(i);
      if (spec == null) {
        reject(pointer, "an object with name and role");
        continue;
      }
      Optional<RegionId> region = label(pointer + "/name", spec.name(), RegionId::new);
      if (region.isPresent() && regions.contains(region.get())) {
        reject(pointer + "/name", "each region once");
      }
      region.ifPresent(regions::add);
      String role = i == 0 ? "primary" : "standby";
      if (!role.equals(spec.role())) {
        reject(pointer + "/role", "primary for the first region, its home; standby for the others");
      }
    }
    return regions;
  }

  private List<Component> components(@Nullable List<@Nullable ComponentSpec> specs) {
    List<Component> components = new ArrayList<>();
    if (specs == null || specs.isEmpty() || specs.size() > COMPONENTS_MAX) {
      reject("/components", "1 to " + COMPONENTS_MAX + " components");
      return components;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < specs.size(); i++) {
      String pointer = "/components/" + i;
      ComponentSpec spec = specs.get(i);
      if (spec == null) {
        reject(pointer, "an object with name, kind and settings");
        continue;
      }
      component(pointer, spec).ifPresent(components::add);
      if (spec.name() != null && !names.add(spec.name())) {
        reject(pointer + "/name", "each name once");
      }
    }
    long databases = components.stream().filter(c -> c.kind() == ComponentKind.POSTGRESQL).count();
    if (databases != 1) {
      reject("/components", "exactly one component of kind postgresql");
    }
    if (components.stream().noneMatch(c -> c.kind() == ComponentKind.HTTP)) {
      reject("/components", "at least one component of kind http");
    }
    return components;
  }

  private Optional<Component> component(String pointer, ComponentSpec spec) {
    // Component names follow the rule of region names: they become parts of host names.
    Optional<RegionId> name = label(pointer + "/name", spec.name(), RegionId::new);
    Optional<ComponentKind> kind =
        word(
            pointer + "/kind",
            spec.kind(),
            ComponentKind::of,
            "postgresql, http, files, configuration, cache, queue, bucket");
    @Nullable Map<String, String> settings = spec.settings();
    if (settings != null && !settingsFit(settings)) {
      reject(
          pointer + "/settings",
          "at most "
              + SETTINGS_MAX
              + " settings of at most "
              + SETTING_CHARACTERS_MAX
              + " characters");
      return Optional.empty();
    }
    return name.flatMap(
        given ->
            kind.map(
                found ->
                    new Component(given.value(), found, settings == null ? Map.of() : settings)));
  }

  private static boolean settingsFit(Map<String, @Nullable String> settings) {
    return settings.size() <= SETTINGS_MAX
        && settings.entrySet().stream()
            .allMatch(
                entry ->
                    entry.getKey().length() <= SETTING_CHARACTERS_MAX
                        && entry.getValue() != null
                        && entry.getValue().length() <= SETTING_CHARACTERS_MAX);
  }

  private Optional<FailoverPolicy> policy(@Nullable FailoverSpec spec) {
    if (spec == null) {
      return reject("/failover", "an object: how the application moves");
    }
    Optional<FailoverMode> mode =
        word("/failover/mode", spec.mode(), FailoverMode::of, "automatic, manual");
    within("/failover/leaseDuration", spec.leaseDuration(), LEASE_MIN, LEASE_MAX);
    within("/failover/probeInterval", spec.probeInterval(), PROBE_INTERVAL_MIN, PROBE_INTERVAL_MAX);
    if (spec.failureThreshold() < 1 || spec.failureThreshold() > FAILURE_THRESHOLD_MAX) {
      reject("/failover/failureThreshold", "1 to " + FAILURE_THRESHOLD_MAX);
    }
    return mode.map(
        found ->
            new FailoverPolicy(
                found,
                spec.leaseDuration(),
                spec.probeInterval(),
                spec.failureThreshold(),
                spec.commitGate()));
  }

  private void within(String pointer, @Nullable Duration value, Duration min, Duration max) {
    if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      reject(pointer, "an ISO 8601 duration from " + min + " to " + max);
    }
  }

  private <T> Optional<T> label(
      String pointer, @Nullable String value, Function<String, T> constructor) {
    try {
      return Optional.of(constructor.apply(value == null ? "" : value));
    } catch (IllegalArgumentException notALabel) {
      return reject(
          pointer,
          "1 to 63 lower-case letters, digits or hyphens, beginning and ending with a letter or"
              + " digit");
    }
  }

  private <T> Optional<T> word(
      String pointer, @Nullable String value, Function<String, Optional<T>> words, String known) {
    Optional<T> found = words.apply(value == null ? "" : value);
    return found.isPresent() ? found : reject(pointer, "one of " + known);
  }

  private <T> Optional<T> reject(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
    return Optional.empty();
  }
}
