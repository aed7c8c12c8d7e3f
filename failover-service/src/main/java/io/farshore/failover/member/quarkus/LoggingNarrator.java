package io.farshore.failover.member.quarkus;

import io.farshore.contracts.failover.Execution.Measured;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.execution.Measurement;
import io.farshore.failover.member.Narrator;
import io.farshore.kernel.ApplicationId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Tells people by log lines, whose particulars are fields, and by metrics. Thread-safe. */
final class LoggingNarrator implements Narrator {
  private static final Logger LOG = Logger.getLogger("io.farshore.failover");

  private static final Set<String> FOREIGN = Set.of("traceId", "spanId", "sampled", "parentId");

  private final MeterRegistry meters;

  LoggingNarrator(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void info(String message, Map<String, String> keys) {
    with(keys, () -> LOG.info(message));
  }

  @Override
  public void warn(String message, Map<String, String> keys, @Nullable Throwable cause) {
    Map<String, String> all = new HashMap<>(keys);
    if (cause != null) {
      all.put("error", Narrator.reason(cause));
    }
    with(all, () -> LOG.warn(message));
  }

  @Override
  public void step(String message, ExecutionRecord execution, Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("application", execution.request().application().value());
    all.put("executionId", execution.request().id());
    all.put("traceId", execution.request().traceId());
    all.put("epoch", execution.epoch().toString());
    execution.current().ifPresent(step -> all.put("step", step.word()));
    with(all, () -> LOG.info(message));
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

  private static void with(Map<String, String> keys, Runnable log) {
    Map<String, Object> before = new HashMap<>(MDC.getMap());
    // What the loop does is part of an execution's trace or of none, whoever woke it.
    FOREIGN.forEach(MDC::remove);
    keys.forEach(MDC::put);
    try {
      log.run();
    } finally {
      keys.keySet()
          .forEach(
              key -> {
                Object old = before.get(key);
                if (old == null) {
                  MDC.remove(key);
                } else {
                  MDC.put(key, old);
                }
              });
    }
  }
}
