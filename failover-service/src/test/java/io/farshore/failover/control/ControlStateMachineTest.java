package io.farshore.failover.control;

import static io.farshore.failover.Fixtures.EAST;
import static io.farshore.failover.Fixtures.EAST_MEMBER;
import static io.farshore.failover.Fixtures.EXECUTION;
import static io.farshore.failover.Fixtures.LEDGER;
import static io.farshore.failover.Fixtures.START;
import static io.farshore.failover.Fixtures.WITNESS;
import static io.farshore.failover.Fixtures.at;
import static io.farshore.failover.Fixtures.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.contracts.failover.RegionStatus.Divergence;
import io.farshore.failover.Fixtures;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.failover.execution.LossBound;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlStateMachineTest {
  private final ControlJson json = new ControlJson();

  /** One of each, in an order that makes a whole story. */
  private static final List<ControlCommand> STORY =
      List.of(
          new ControlCommand.Declare(LEDGER, ledger(), null, "olga", START, EAST_MEMBER),
          new ControlCommand.TakeLease(LEDGER, EAST, at(1, 100, START), 0, START, EAST_MEMBER),
          new ControlCommand.RenewLease(
              LEDGER, EAST, new Epoch(1), at(1, 100, START), START, EAST_MEMBER),
          new ControlCommand.RecordRefusal(LEDGER, "no-candidate", Map.of(), START, WITNESS),
          new ControlCommand.Begin(
              Fixtures.request(ExecutionKind.FAILOVER, Set.of(StepName.VERIFY)),
              Map.of("region", "gone"),
              WITNESS,
              null),
          new ControlCommand.ReleaseLease(
              LEDGER, EAST, new Epoch(1), "database", null, START, EAST_MEMBER),
          new ControlCommand.RetryStep(LEDGER, EXECUTION, StepName.FENCE, START, WITNESS),
          new ControlCommand.Fence(
              LEDGER,
              EXECUTION,
              3,
              new LossBound(Duration.ofSeconds(5), 1_000, false),
              Map.of(),
              START,
              WITNESS),
          new ControlCommand.CompletePromotion(
              LEDGER,
              EXECUTION,
              new Fork(new Timeline(1), new Lsn(150), new Timeline(2)),
              at(2, 160, START),
              Map.of("timeline", "2"),
              START,
              WITNESS),
          new ControlCommand.Acknowledge(LEDGER, EXECUTION, "paul", START, WITNESS),
          new ControlCommand.CompleteStep(
              LEDGER, EXECUTION, StepName.VERIFY, Map.of(), START, WITNESS),
          new ControlCommand.FailStep(
              LEDGER, EXECUTION, StepName.VERIFY, "late", Map.of(), START, WITNESS),
          new ControlCommand.ReportRegion(
              LEDGER, EAST, START, new Divergence("0/96", "0/C8", 50, 2L), START, EAST_MEMBER));

  @Test
  void everyKindOfCommandSurvivesItsStoredForm() {
    for (ControlCommand command : STORY) {
      assertThat(json.read(json.write(command), ControlCommand.class)).isEqualTo(command);
    }
    assertThat(STORY.stream().map(Object::getClass).distinct().count())
        .isEqualTo(ControlCommand.class.getPermittedSubclasses().length);
  }

  @Test
  void snapshotRestoresTheWholeState() {
    ControlStateMachine machine = told(STORY.size());
    ControlStateMachine other = new ControlStateMachine(json);

    other.restore(STORY.size(), machine.snapshot());

    assertThat(other.state()).isEqualTo(machine.state());
    assertThat(other.snapshot()).isEqualTo(machine.snapshot());
  }

  @Test
  void twoMembersAgreeFromAnySnapshotOn() {
    for (int cut = 0; cut <= STORY.size(); cut++) {
      ControlStateMachine late = new ControlStateMachine(json);
      late.restore(cut, told(cut).snapshot());
      for (int i = cut; i < STORY.size(); i++) {
        assertThat(late.apply(i + 1, json.write(STORY.get(i)))).isNotEmpty();
      }
      assertThat(late.snapshot()).isEqualTo(told(STORY.size()).snapshot());
    }
  }

  @Test
  void storyOfTheFirstVersionIsStillUnderstood() throws Exception {
    // Written by the first version; never change it, only add stories of later versions.
    String golden =
        new String(
            ControlStateMachineTest.class
                .getResourceAsStream("/golden/control-commands-v1.jsonl")
                .readAllBytes(),
            StandardCharsets.UTF_8);
    List<ControlCommand> read =
        golden
            .lines()
            .map(line -> json.read(line.getBytes(StandardCharsets.UTF_8), ControlCommand.class))
            .toList();

    assertThat(read).isEqualTo(STORY);
  }

  @Test
  void snapshotOfAnUnknownFormatIsRefused() {
    assertThatThrownBy(
            () ->
                new ControlStateMachine(json)
                    .restore(1, "{\"format\":99}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ControlStateMachine told(int commands) {
    ControlStateMachine machine = new ControlStateMachine(json);
    for (int i = 0; i < commands; i++) {
      assertThat(machine.apply(i + 1, json.write(STORY.get(i)))).isNotEmpty();
    }
    return machine;
  }

  /** Prints the story as a golden file. */
  static void main(String[] args) {
    for (ControlCommand command : STORY) {
      System.out.println(new String(new ControlJson().write(command), StandardCharsets.UTF_8));
    }
  }
}
