package io.farshore.failover.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.Problem.FieldError;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.ApplicationSpec.ComponentSpec;
import io.farshore.contracts.failover.ApplicationSpec.FailoverSpec;
import io.farshore.contracts.failover.ApplicationSpec.RegionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclarationReaderTest {
  private static final FailoverSpec FAILOVER =
      new FailoverSpec("automatic", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, true);
  private static final List<RegionSpec> REGIONS =
      List.of(new RegionSpec("us-east", "primary"), new RegionSpec("eu-west", "standby"));
  private static final List<ComponentSpec> COMPONENTS =
      List.of(
          new ComponentSpec("database", "postgresql", Map.of()),
          new ComponentSpec("api", "http", Map.of()));

  @Test
  void tierGivesTheObjectivesThatAreNotNamed() {
    ProtectedApplication critical = valid("critical", null, null);
    ProtectedApplication low = valid("low", null, Duration.ofHours(1));

    assertThat(critical.objectives())
        .isEqualTo(new Objectives(Duration.ofMinutes(1), Duration.ofMinutes(5)));
    assertThat(low.objectives())
        .isEqualTo(new Objectives(Duration.ofHours(24), Duration.ofHours(1)));
  }

  @Test
  void readingWhatWasWrittenGivesTheSame() {
    ProtectedApplication application = valid("high", null, null);

    assertThat(DeclarationReader.read("ledger", ApplicationSpecs.of(application)))
        .isEqualTo(new Declaration.Valid(application));
  }

  @Test
  void everyOffendingFieldIsNamed() {
    ApplicationSpec spec =
        new ApplicationSpec(
            " ",
            "golden",
            Duration.ofDays(-1),
            null,
            List.of(new RegionSpec("US", "primary"), new RegionSpec("eu-west", "primary")),
            List.of(new ComponentSpec("database", "oracle", Map.of())),
            new FailoverSpec("never", Duration.ofMillis(1), Duration.ofHours(1), 0, true));

    assertThat(pointers("Ledger!", spec))
        .contains(
            "name",
            "/owner",
            "/tier",
            "/regions/0/name",
            "/regions/1/role",
            "/components/0/kind",
            "/failover/mode",
            "/failover/leaseDuration",
            "/failover/probeInterval",
            "/failover/failureThreshold");
  }

  @Test
  void customTierNeedsItsOwnObjectives() {
    assertThat(pointers("ledger", spec("custom", null, null, REGIONS, COMPONENTS)))
        .containsExactly("/tier");
  }

  @Test
  void oneRegionIsNoProtection() {
    assertThat(pointers("ledger", spec("low", null, null, REGIONS.subList(0, 1), COMPONENTS)))
        .containsExactly("/regions");
  }

  @Test
  void regionCannotBeNamedTwice() {
    List<RegionSpec> twice =
        List.of(new RegionSpec("us-east", "primary"), new RegionSpec("us-east", "standby"));

    assertThat(pointers("ledger", spec("low", null, null, twice, COMPONENTS)))
        .containsExactly("/regions/1/name");
  }

  @Test
  void exactlyOneDatabaseIsNeeded() {
    List<ComponentSpec> two =
        List.of(
            new ComponentSpec("a", "postgresql", Map.of()),
            new ComponentSpec("b", "postgresql", Map.of()),
            new ComponentSpec("c", "http", Map.of()));

    assertThat(pointers("ledger", spec("low", null, null, REGIONS, two)))
        .containsExactly("/components");
  }

  private static ProtectedApplication valid(
      String tier, @Nullable Duration point, @Nullable Duration time) {
    Declaration read =
        DeclarationReader.read("ledger", spec(tier, point, time, REGIONS, COMPONENTS));
    return ((Declaration.Valid) read).application();
  }

  private static List<String> pointers(String name, ApplicationSpec spec) {
    return ((Declaration.Invalid) DeclarationReader.read(name, spec))
        .errors().stream().map(FieldError::pointer).toList();
  }

  private static ApplicationSpec spec(
      String tier,
      @Nullable Duration point,
      @Nullable Duration time,
      List<RegionSpec> regions,
      List<ComponentSpec> components) {
    return new ApplicationSpec("payments", tier, point, time, regions, components, FAILOVER);
  }
}
