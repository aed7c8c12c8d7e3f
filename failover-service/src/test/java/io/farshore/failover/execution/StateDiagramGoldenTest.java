package io.farshore.failover.execution;

import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.execution.ExecutionState.Completed;
import io.farshore.failover.execution.ExecutionState.Failed;
import io.farshore.failover.execution.ExecutionState.Held;
import io.farshore.failover.execution.ExecutionState.Running;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The diagram in the documents is what the types really do. */
class StateDiagramGoldenTest {
  private static final Path DOCUMENT = Path.of("../docs/failover.md");

  private final Set<String> edges = new LinkedHashSet<>();

  @Test
  void diagramShowsEveryTransitionAndNoOther() throws Exception {
    for (int holds = 0; holds < 32; holds++) {
      walk(
          ExecutionRecord.begin(
              request(ExecutionKind.FAILOVER, held(holds)), Map.of(), WITNESS, WITNESS));
    }
    String document = Files.readString(DOCUMENT);
    String diagram =
        document.substring(
            document.indexOf("stateDiagram-v2"), document.indexOf("<!-- states:end -->"));
    Set<String> shown = new HashSet<>();
    diagram.lines().map(String::strip).filter(line -> line.contains("-->")).forEach(shown::add);

    assertThat(shown).containsExactlyInAnyOrderElementsOf(edges);
  }

  private static Set<StepName> held(int bits) {
    Set<StepName> steps = EnumSet.noneOf(StepName.class);
    StepName[] all = StepName.values();
    for (int i = 1; i < all.length; i++) {
      if ((bits >> (i - 1) & 1) != 0) {
        steps.add(all[i]);
      }
    }
    return steps;
  }

  private void walk(ExecutionRecord begun) {
    edges.add("[*] --> " + name(begun.state()));
    Deque<ExecutionRecord> open = new ArrayDeque<>();
    open.add(begun);
    while (!open.isEmpty()) {
      ExecutionRecord from = open.remove();
      if (from.state().isOver()) {
        edges.add(name(from.state()) + " --> [*]");
      }
      for (StepName step : StepName.values()) {
        follow(from, step == StepName.FENCE ? fenced(from) : completed(from, step), "", open);
        follow(from, from.fail(step, "no", Map.of(), START), ": given up", open);
      }
      follow(from, from.acknowledge(START, WITNESS), ": acknowledged", open);
    }
  }

  private void follow(
      ExecutionRecord from,
      Optional<ExecutionRecord> to,
      String label,
      Deque<ExecutionRecord> open) {
    to.ifPresent(
        next -> {
          edges.add(name(from.state()) + " --> " + name(next.state()) + label);
          open.add(next);
        });
  }

  private static Optional<ExecutionRecord> fenced(ExecutionRecord from) {
    return from.fenced(new Epoch(2), null, Map.of(), START, WITNESS);
  }

  private static Optional<ExecutionRecord> completed(ExecutionRecord from, StepName step) {
    return from.complete(step, Map.of(), START, WITNESS);
  }

  private static String name(ExecutionState state) {
    return switch (state) {
      case Running(StepName step) -> "Running_" + step.word();
      case Held(StepName before) -> "Held_" + before.word();
      case Completed completed -> "Completed";
      case Failed failed -> "Failed";
    };
  }
}
