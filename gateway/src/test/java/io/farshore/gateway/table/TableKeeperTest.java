package io.farshore.gateway.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.gateway.routing.Route;
import io.farshore.gateway.routing.Routes;
import io.farshore.gateway.routing.RoutingBoard;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableKeeperTest {
  @TempDir Path directory = Path.of("set-by-junit");
  private final List<String> told = new ArrayList<>();
  private final TableListener listener = new Recorder();

  @Test
  void the_newer_epoch_wins_then_the_higher_revision() {
    TableKeeper keeper = keeper();

    assertThat(keeper.offer(Tables.table(5, 2, "us-east"), "a")).isTrue();
    assertThat(keeper.offer(Tables.table(4, 2, "eu-west"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(5, 2, "us-east"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(99, 1, "eu-west"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(6, 3, "eu-west"), "b")).isTrue();
    assertThat(keeper.offer(Tables.table(7, 2, "us-east"), "a")).isFalse();
    assertThat(keeper.held().orElseThrow().route().writer()).isEqualTo(Routes.WEST);
    assertThat(keeper.refused()).isEqualTo(3);
  }

  @Test
  void a_table_that_is_not_understood_is_refused_and_the_old_one_kept() {
    TableKeeper keeper = keeper();
    keeper.offer(Tables.table(5, 2, "us-east"), "a");

    assertThat(keeper.offer(Tables.table(6, 3, "mars"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(6, 3, "NOT A NAME"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(6, 3, "eu-west", "upside-down", "serving"), "b"))
        .isFalse();
    assertThat(keeper.offer(Tables.table(6, 3, "eu-west", "open", "confused"), "b")).isFalse();
    assertThat(keeper.offer(Tables.table(6, -3, "eu-west"), "b")).isFalse();
    assertThat(keeper.held().orElseThrow().route().revision()).isEqualTo(5);
    assertThat(told).filteredOn(line -> line.startsWith("refused")).hasSize(5);
  }

  @Test
  void a_table_without_the_application_changes_nothing() {
    TableKeeper keeper = keeper();
    RoutingTable empty = new RoutingTable(9, Clock.systemUTC().instant(), "witness", List.of());

    assertThat(keeper.offer(empty, "a")).isFalse();
    assertThat(keeper.held()).isEmpty();
    keeper.offer(Tables.table(5, 2, "us-east"), "a");
    assertThat(keeper.offer(empty, "a")).isFalse();
    assertThat(keeper.held()).isPresent();
  }

  @Test
  void a_restart_continues_with_the_last_table_and_still_refuses_older_ones() {
    keeper().offer(Tables.table(5, 2, "us-east"), "a");

    TableKeeper restarted = keeper();
    restarted.start();

    assertThat(restarted.held().orElseThrow().source()).isEqualTo("disk");
    assertThat(restarted.offer(Tables.table(4, 1, "eu-west"), "b")).isFalse();
    assertThat(restarted.offer(Tables.table(6, 2, "us-east"), "b")).isTrue();
  }

  @Test
  void a_damaged_file_is_told_and_replaced_by_the_next_table() throws Exception {
    Files.writeString(directory.resolve("routing-table"), "garbage");
    TableKeeper keeper = keeper();

    keeper.start();
    assertThat(told).containsExactly("store table-damaged");
    keeper.offer(Tables.table(5, 2, "us-east"), "a");

    TableKeeper restarted = keeper();
    restarted.start();
    assertThat(restarted.held()).isPresent();
  }

  @Test
  void a_full_disk_does_not_stop_routing_and_is_told() {
    TableStore full = new FullDisk();
    TableKeeper keeper = keeper(full);

    assertThat(keeper.offer(Tables.table(5, 2, "us-east"), "a")).isTrue();
    assertThat(keeper.kept()).isFalse();
    assertThat(told).contains("store table-unwritable");
    assertThat(keeper.held()).isPresent();
  }

  @Test
  void a_watch_goes_on_from_the_revision_its_source_gave_and_survives_failures() {
    TableKeeper keeper = keeper();
    keeper.offer(Tables.table(50, 2, "us-east"), "other");
    Scripted source =
        new Scripted(
            Tables.table(40, 2, "us-east"),
            null,
            new FarshoreException(TableErrors.UNREADABLE, "no answer"),
            new FarshoreException(TableErrors.UNREADABLE, "no answer"),
            Tables.table(60, 3, "eu-west"));
    List<Duration> pauses = new ArrayList<>();

    new TableWatch(source, keeper, listener, MonotonicClock.system(), pauses::add).run();
    assertThat(Thread.interrupted()).isTrue();

    assertThat(source.asked).containsExactly(0L, 40L, 40L, 0L, 0L, 60L);
    assertThat(keeper.held().orElseThrow().route().writer()).isEqualTo(Routes.WEST);
    assertThat(told).containsExactly("adopted 2/50 other", "lost s", "found s", "adopted 3/60 s");
    assertThat(pauses).isNotEmpty();
  }

  private TableKeeper keeper() {
    return keeper(new FileTableStore(directory.resolve("routing-table")));
  }

  private TableKeeper keeper(TableStore store) {
    return new TableKeeper(
        new ApplicationId("ledger"),
        new RoutingBoard(Routes.decider(), List.of(Routes.EAST, Routes.WEST)),
        store,
        Runnable::run,
        Clock.systemUTC(),
        listener);
  }

  /** Answers by a script, then ends the watch. */
  private static final class Scripted implements TableSource {
    private final Deque<Optional<Object>> answers = new ArrayDeque<>();
    private final List<Long> asked = new ArrayList<>();

    Scripted(@org.jspecify.annotations.Nullable Object... script) {
      Arrays.stream(script).map(Optional::ofNullable).forEach(answers::add);
    }

    @Override
    public String name() {
      return "s";
    }

    @Override
    public Optional<RoutingTable> next(long after) {
      asked.add(after);
      if (answers.isEmpty()) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
      Optional<Object> answer = answers.removeFirst();
      if (answer.isPresent() && answer.get() instanceof FarshoreException failure) {
        throw failure;
      }
      return answer.map(RoutingTable.class::cast);
    }
  }

  private static final class FullDisk implements TableStore {
    @Override
    public Optional<RoutingTable> load() {
      return Optional.empty();
    }

    @Override
    public void save(RoutingTable table) {
      ErrorCode code = TableErrors.UNWRITABLE;
      throw new FarshoreException(code, "No space left on device");
    }
  }

  private final class Recorder implements TableListener {
    @Override
    public void onTableAdopted(Route route, String source) {
      told.add("adopted " + route.epoch() + "/" + route.revision() + " " + source);
    }

    @Override
    public void onTableRefused(String source, long revision, String reason) {
      told.add("refused " + revision);
    }

    @Override
    public void onStoreFailure(FarshoreException failure) {
      told.add("store " + failure.code());
    }

    @Override
    public void onSourceLost(String source, FarshoreException failure) {
      told.add("lost " + source);
    }

    @Override
    public void onSourceFound(String source) {
      told.add("found " + source);
    }
  }
}
