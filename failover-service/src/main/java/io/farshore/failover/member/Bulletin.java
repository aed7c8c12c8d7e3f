package io.farshore.failover.member;

import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlState;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.evidence.RegionVerdict;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.StepRecord;
import io.farshore.failover.execution.StepState;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells people of what changed: verdicts, and executions that ended. {@link #verdict} may be asked
 * by any thread; the rest is called on the member's loop.
 */
final class Bulletin {
  private final MemberId self;
  private final Narrator narrator;
  private final Map<RegionId, RegionVerdict> verdicts = new ConcurrentHashMap<>();

  Bulletin(MemberId self, Narrator narrator) {
    this.self = self;
    this.narrator = narrator;
  }

  /** The last verdict on a region; unknown if there is none. */
  RegionVerdict verdict(RegionId region) {
    return verdicts.getOrDefault(region, RegionVerdict.UNKNOWN);
  }

  void on(Map<RegionId, RegionFinding> findings) {
    findings.forEach(
        (region, finding) -> {
          RegionVerdict before = verdicts.put(region, finding.verdict());
          if (before != null && before != finding.verdict()) {
            narrator.info(
                "The verdict on a region changed",
                Map.of(
                    "region", region.value(),
                    "verdict", finding.verdict().word(),
                    "reason", finding.reason()));
          }
        });
  }

  /** Tells of executions that ended between two states, once: by the member that worked last. */
  void on(ControlState before, ControlState now) {
    for (ApplicationRecord record : now.applications().values()) {
      Optional<ApplicationRecord> known = before.application(record.spec().id());
      for (ExecutionRecord execution : record.executions()) {
        boolean news =
            execution.state().isOver()
                && known
                    .flatMap(one -> one.execution(execution.request().id()))
                    .filter(one -> !one.state().isOver())
                    .isPresent();
        if (news && workedLast(execution)) {
          narrator.over(execution);
        }
      }
    }
  }

  private boolean workedLast(ExecutionRecord execution) {
    return execution.steps().stream()
        .filter(step -> step.state() != StepState.PENDING)
        .reduce((earlier, later) -> later)
        .map(StepRecord::executor)
        .filter(self::equals)
        .isPresent();
  }
}
