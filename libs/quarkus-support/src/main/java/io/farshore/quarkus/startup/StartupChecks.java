package io.farshore.quarkus.startup;

import io.farshore.quarkus.log.KeyedLog;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Asks every {@link StartupCheck} once, before anything else starts. */
@Singleton
public class StartupChecks {
  /** Before every observer that starts work. */
  private static final int FIRST = 1;

  private static final KeyedLog LOG = KeyedLog.of(StartupChecks.class);

  private final List<StartupCheck> checks;

  @Inject
  StartupChecks(@All List<StartupCheck> checks) {
    this.checks = checks;
  }

  void run(@Observes @Priority(FIRST) StartupEvent event) {
    List<StartupCheck.Finding> findings =
        checks.stream().flatMap(check -> check.findings().stream()).toList();
    List<StartupCheck.Finding> severe =
        findings.stream().filter(f -> f.severity() == StartupCheck.Severity.SEVERE).toList();
    findings.stream()
        .filter(f -> f.severity() == StartupCheck.Severity.WARNING)
        .forEach(
            f ->
                LOG.with("property", f.property())
                    .with("error", f.message())
                    .warn("A setting needs attention"));
    if (!severe.isEmpty()) {
      // Quarkus prints the message of this exception as one line, without a stack.
      throw new ConfigurationException(
          severe.stream()
              .map(f -> f.property() + ": " + f.message())
              .collect(Collectors.joining("; ")),
          severe.stream().map(StartupCheck.Finding::property).collect(Collectors.toSet()));
    }
  }
}
