package io.farshore.failover.evidence;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EAST_MEMBER;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.MEMBERS;
import static io.farshore.failover.Fixtures.WEST;
import static io.farshore.failover.Fixtures.WEST_MEMBER;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.evidence.Health.DOWN;
import static io.farshore.failover.evidence.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceDeciderTest {
  private final EvidenceDecider decider = new EvidenceDecider(MEMBERS);

  @Test
  void regionThatAMajorityReachesIsUp() {
    assertThat(verdict(EAST, sees(WEST_MEMBER, UP, UP), sees(WITNESS, UP, UP)))
        .isEqualTo(RegionVerdict.UP);
  }

  @Test
  void regionThatAMajorityMissesIsDown() {
    assertThat(verdict(EAST, sees(WEST_MEMBER, DOWN, DOWN), sees(WITNESS, DOWN, DOWN)))
        .isEqualTo(RegionVerdict.DOWN);
  }

  @Test
  void oneObserversWordIsNotEnough() {
    assertThat(verdict(EAST, sees(WEST_MEMBER, DOWN, DOWN), sees(WITNESS, UP, UP)))
        .isEqualTo(RegionVerdict.SUSPECT);
    assertThat(verdict(EAST, sees(WEST_MEMBER, DOWN, DOWN))).isEqualTo(RegionVerdict.SUSPECT);
  }

  @Test
  void halfOfTheObserversNeverHeardIsUnknown() {
    assertThat(verdict(EAST, sees(WITNESS, UP, UP))).isEqualTo(RegionVerdict.UNKNOWN);
  }

  @Test
  void regionWhoseDatabaseAnswersIsOnlySuspect() {
    RegionFinding finding =
        decider.decide(EAST, LEDGER, List.of(sees(WEST_MEMBER, DOWN, UP), sees(WITNESS, DOWN, UP)));

    assertThat(finding.verdict()).isEqualTo(RegionVerdict.SUSPECT);
    assertThat(finding.controlDown()).isTrue();
    assertThat(finding.databaseDown()).isFalse();
  }

  @Test
  void insidersAloneCannotCallTheirRegionDown() {
    // Two members in one region would still need somebody outside.
    EvidenceDecider two = new EvidenceDecider(java.util.Set.of(EAST_MEMBER));

    assertThat(two.decide(EAST, LEDGER, List.of(sees(EAST_MEMBER, DOWN, DOWN))).verdict())
        .isEqualTo(RegionVerdict.SUSPECT);
  }

  @Test
  void observerThatReachesNobodySuspectsItself() {
    ObserverReport alone =
        new ObserverReport(
            EAST_MEMBER,
            List.of(
                seen(Endpoint.control("us-east"), UP),
                seen(Endpoint.control("eu-west"), DOWN),
                seen(Endpoint.control("witness"), DOWN),
                seen(Endpoint.database("eu-west", LEDGER), DOWN)));

    assertThat(decider.isIsolated(alone)).isTrue();
    assertThat(verdict(WEST, alone, sees(WITNESS, EAST, DOWN, DOWN)))
        .isNotEqualTo(RegionVerdict.DOWN);
  }

  @Test
  void observerThatDoesNotProbeTheOthersIsNotIsolated() {
    assertThat(decider.isIsolated(sees(WEST_MEMBER, DOWN, DOWN))).isFalse();
  }

  @Test
  void strangersHaveNoVoice() {
    assertThat(
            verdict(
                EAST, sees(WEST_MEMBER, DOWN, DOWN), sees(new MemberId("stranger"), DOWN, DOWN)))
        .isEqualTo(RegionVerdict.SUSPECT);
  }

  private RegionVerdict verdict(RegionId region, ObserverReport... reports) {
    return decider.decide(region, LEDGER, List.of(reports)).verdict();
  }

  private static ObserverReport sees(MemberId observer, Health control, Health database) {
    return sees(observer, EAST, control, database);
  }

  private static ObserverReport sees(
      MemberId observer, RegionId region, Health control, Health database) {
    List<Observation> observations = new ArrayList<>();
    observations.add(seen(Endpoint.control(region.value()), control));
    observations.add(seen(Endpoint.database(region.value(), LEDGER), database));
    return new ObserverReport(observer, observations);
  }

  private static Observation seen(Endpoint endpoint, Health health) {
    return new Observation(endpoint, health, health == DOWN ? 3 : 0, null, "");
  }
}
