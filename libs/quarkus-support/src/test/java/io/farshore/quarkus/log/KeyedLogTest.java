package io.farshore.quarkus.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedLogTest {
  private static final String NAME = "io.farshore.quarkus.log.test";

  private final KeyedLog log = KeyedLog.of(NAME);
  private final Kept kept = new Kept();
  private final Logger logger = LogContext.getLogContext().getLogger(NAME);

  @BeforeEach
  void listen() {
    MDC.clear();
    logger.addHandler(kept);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(kept);
    MDC.clear();
  }

  @Test
  void fields_go_with_the_line_and_leave_nothing_behind() {
    MDC.put("traceId", "of the request");
    MDC.put("epoch", "1");

    log.with("epoch", 2).with("error", null).with("application", "ledger").warn("Moved");

    assertThat(kept.lines).containsExactly("Moved");
    assertThat(kept.fields.getFirst())
        .isEqualTo(Map.of("epoch", "2", "application", "ledger", "traceId", "of the request"));
    assertThat(MDC.getMap()).isEqualTo(Map.of("traceId", "of the request", "epoch", "1"));
  }

  @Test
  void an_untraced_line_is_of_no_trace_or_of_its_own() {
    MDC.put("traceId", "of the request");
    MDC.put("spanId", "7");

    log.with("traceId", "of the execution").untraced().info("Begun");

    assertThat(kept.fields.getFirst()).isEqualTo(Map.of("traceId", "of the execution"));
    assertThat(MDC.getMap()).isEqualTo(Map.of("traceId", "of the request", "spanId", "7"));
  }

  @Test
  void a_cause_comes_with_its_stack_trace() {
    IllegalStateException cause = new IllegalStateException("why");

    log.with("step", "fence").because(cause).error("Failed");

    assertThat(kept.causes).containsExactly(cause);
  }

  private static final class Kept extends ExtHandler {
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, String>> fields = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord line) {
      lines.add(line.getMessage());
      fields.add(Map.copyOf(line.getMdcCopy()));
      if (line.getThrown() != null) {
        causes.add(line.getThrown());
      }
    }
  }
}
