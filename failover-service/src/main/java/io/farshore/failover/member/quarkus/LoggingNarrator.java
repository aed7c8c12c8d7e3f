package io.farshore.failover.member.quarkus;

import io.farshore.contracts.failover.Execution.Measured;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.member.Narrator;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.ApplicationId;
import io.farshore.quarkus.log.KeyedLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells people by log lines, whose particulars are fields, and by metrics. Thread-safe. */
final class LoggingNarrator implements Narrator {
  /**
   * What the loop does is part of an execution's trace or of none, whoever woke it: lines are
   * untraced unless they name a trace.
   */
  private static final KeyedLog LOG = KeyedLog.of("io.farshore.failover");

  private final MeterRegistry meters;

  LoggingNarrator(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void info(String message, Map<String, String> keys) {
    LOG.with(keys).untraced().info(message);
  }

  @Override
  public void warn(String message, Map<String, String> keys, @Nullable Throwable cause) {
    LOG.with(keys)
        .with("error", cause == null ? keys.get("error") : Narrator.reason(cause))
        .untraced()
        .warn(message);
  }

  @Override
  public void step(String message, ExecutionRecord execution, Map<String, String> keys) {
    LOG.with(keys)
        .with("application", execution.request().application())
        .with("executionId", execution.request().id())
        .with("traceId", execution.request().traceId())
        .with("epoch", execution.epoch())
        .with("step", execution.current().map(StepName::word).orElse(keys.get("step")))
        .untraced()
        .info(message);
  }

  @Override
  public void renewed(ApplicationId application, Duration took) {
    meters.timer("farshore.lease.renewals", "application", application.value()).record(took);
  }

  @Override
  public void over(ExecutionRecord execution) {
    String application = execution.request().application().value();
    String kind = execution.request().kind().word();
    meters
        .counter(
            "farshore.executions",
            "application",
            application,
            "kind",
            kind,
            "result",
            execution.state().word())
        .increment();
    Map<String, String> keys = new HashMap<>();
    keys.put("result", execution.state().word());
    Measurement.of(execution).ifPresent(measured -> record(measured, application, kind, keys));
    step("Execution over", execution, keys);
  }

  private void record(
      Measured measured, String application, String kind, Map<String, String> keys) {
    String[] tags = {"application", application, "kind", kind};
    meters.timer("farshore.recovery.time", tags).record(measured.achievedRecoveryTime());
    keys.put("achievedRecoveryTime", measured.achievedRecoveryTime().toString());
    Duration lost = measured.lossDurationMax();
    if (lost != null) {
      meters.timer("farshore.recovery.loss.max", tags).record(lost);
      keys.put("lossDurationMax", lost.toString());
    }
  }
}
