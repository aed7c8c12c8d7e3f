package io.farshore.failover.member.quarkus;

import static io.farshore.failover.world.TestWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.failover.Fixtures;
import io.farshore.failover.control.DomainEvent;
import io.farshore.failover.execution.ExecutionKind;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.event.EventSink;
import io.farshore.quarkus.event.NewEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTellerTest {
  @TempDir Path directory;
  private final Fixtures quorum = new Fixtures().writable();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void everyAgreedEventIsToldOnceAndInOrder() {
    try (EventTeller teller = teller(this::keep)) {
      teller.wake();
      awaitTold(agreed());

      quorum.begin(ExecutionKind.FAILOVER, Set.of());
      teller.wake();

      awaitTold(agreed());
    }
  }

  @Test
  void aRestartedMemberGoesOnWhereItStopped() {
    try (EventTeller first = teller(this::keep)) {
      first.wake();
      awaitTold(agreed());
    }
    List<String> before = agreed();
    told.clear();
    quorum.begin(ExecutionKind.FAILOVER, Set.of());

    try (EventTeller second = teller(this::keep)) {
      second.wake();

      awaitTold(agreed().subList(before.size(), agreed().size()));
    }
  }

  @Test
  void whatTheOutboxDidNotTakeIsToldAgainUnderTheSameIds() {
    List<String> tried = new CopyOnWriteArrayList<>();
    try (EventTeller refused = teller(event -> refuseTheSecond(event, tried))) {
      refused.wake();
      await("one is refused", () -> tried.size() == 2);
    }
    assertThat(Files.exists(file())).isFalse();

    try (EventTeller next = teller(this::keep)) {
      next.wake();

      awaitTold(agreed());
    }
    assertThat(told).startsWith(tried.getFirst());
  }

  @Test
  void aDamagedNoteOfHowFarItCameLosesNoEvent() throws Exception {
    Files.writeString(file(), "garbage");

    try (EventTeller teller = teller(this::keep)) {
      teller.wake();

      awaitTold(agreed());
    }
  }

  /**
   * Noted as well: from then on the teller rests, and nothing is written behind the test's back.
   */
  private void awaitTold(List<String> expected) {
    await("all is told", () -> told.equals(expected));
    long last = quorum.state().events().getLast().index();
    await("it is noted", () -> Files.readString(file()).equals(Long.toString(last)));
  }

  private Path file() {
    return directory.resolve("events.told");
  }

  private EventTeller teller(EventSink sink) {
    return new EventTeller(file(), sink, quorum::state);
  }

  private String keep(NewEvent event) {
    told.add(id(event));
    return id(event);
  }

  private static String refuseTheSecond(NewEvent event, List<String> tried) {
    tried.add(id(event));
    if (tried.size() == 2) {
      throw new FarshoreException(
          ErrorCode.retryable("outbox-full", ErrorCategory.EXHAUSTED), "full");
    }
    return id(event);
  }

  private static String id(NewEvent event) {
    return Optional.ofNullable(event.id()).orElseThrow();
  }

  private List<String> agreed() {
    return quorum.state().events().stream().map(DomainEvent::id).toList();
  }
}
