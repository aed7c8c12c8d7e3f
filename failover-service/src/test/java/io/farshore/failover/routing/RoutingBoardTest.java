package io.farshore.failover.routing;

import static io.farshore.failover.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.failover.Fixtures;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoutingBoardTest {
  private final Fixtures quorum = new Fixtures();
  private final List<Runnable> timers = new ArrayList<>();
  private final Scheduler timer =
      (delay, task) -> {
        timers.add(task);
        return () -> timers.remove(task);
      };
  private final RoutingBoard board =
      new RoutingBoard(quorum::state, "us-east", Clock.fixed(START, ZoneOffset.UTC), timer);

  @Test
  void whoIsBehindIsAnsweredAtOnce() {
    quorum.declared();

    assertThat(after(0, Duration.ofSeconds(20)).join()).isPresent();
  }

  @Test
  void whoIsUpToDateIsAnsweredTheMomentItChanges() {
    CompletableFuture<Optional<RoutingTable>> waiting = after(0, Duration.ofSeconds(20));
    assertThat(waiting).isNotDone();

    quorum.declared();
    board.changed();

    assertThat(waiting.join().orElseThrow().revision()).isEqualTo(1);
    assertThat(timers).isEmpty();
  }

  @Test
  void renewalWakesNobody() {
    quorum.writable();
    CompletableFuture<Optional<RoutingTable>> waiting =
        after(board.current().revision(), Duration.ofSeconds(20));

    board.changed();

    assertThat(waiting).isNotDone();
  }

  @Test
  void endOfTheWaitIsAnAnswerToo() {
    CompletableFuture<Optional<RoutingTable>> waiting = after(0, Duration.ofSeconds(20));

    timers.getFirst().run();

    assertThat(waiting.join()).isEmpty();
  }

  @Test
  void tooManyMayNotWait() {
    for (int i = 0; i < RoutingBoard.WAITING_MAX; i++) {
      assertThat(after(0, Duration.ofSeconds(20))).isNotDone();
    }

    assertThatThrownBy(() -> after(0, Duration.ofSeconds(20)))
        .isInstanceOf(FarshoreException.class);
  }

  private CompletableFuture<Optional<RoutingTable>> after(long revision, Duration wait) {
    return board.after(revision, wait).toCompletableFuture();
  }
}
