package io.farshore.tlog.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.Seeds;
import io.farshore.tlog.disk.PowerCut;
import io.farshore.tlog.disk.SimulatedDisk;
import io.farshore.tlog.disk.SimulatedDisk.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The writer on a disk that fails at every operation there is, one run for each. After each:
 * nothing acknowledged is lost, nothing else appears, and the log extends every checkpoint anyone
 * saw.
 */
class LogWriterCrashTest {
  private static final int RUNS = 3;

  static Stream<Long> seeds() {
    return Seeds.some(RUNS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void survivesAPowerCutAtEveryOperation(long seed) {
    long operations = new Run(seed).untilTheEnd();
    for (long at = 0; at < operations; at++) {
      Run run = new Run(seed);
      run.disk.failAfter(at, Fault.POWER_CUT);
      run.untilTheFault();
      run.disk.restart();
      run.checkAfterwards();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void survivesAFailedOperationAnywhereOnceItIsOpenedAgain(long seed) {
    long operations = new Run(seed).untilTheEnd();
    for (long at = 0; at < operations; at++) {
      Run run = new Run(seed);
      run.disk.failAfter(at, Fault.ERROR);
      run.untilTheFault();
      run.checkAfterwards();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void survivesPowerCutsDuringEveryOperationOfARecovery(long seed) {
    Random random = new Random(seed);
    long operations = new Run(seed).untilTheEnd();
    long cut = random.nextLong(operations / 2, operations);
    for (long at = 0; ; at++) {
      Run run = new Run(seed);
      run.disk.failAfter(cut, Fault.POWER_CUT);
      run.untilTheFault();
      run.disk.restart();
      run.disk.failAfter(at, Fault.POWER_CUT);
      try {
        Logs.open(run.disk).close();
        run.disk.failAfter(Long.MAX_VALUE / 2, Fault.POWER_CUT);
        run.checkAfterwards();
        return; // the recovery ended before the fault: every operation of it has been hit
      } catch (PowerCut during) {
        run.lookAtCheckpoint();
        run.disk.restart();
        run.checkAfterwards();
      }
    }
  }

  @Test
  void theScenarioFillsTilesAndLeavesEntriesUnpublished() {
    Run run = new Run(1);
    run.untilTheEnd();

    assertThat(run.acknowledged).hasSizeGreaterThan(300);
    assertThat(run.seen).hasSizeGreaterThan(2);
    assertThat(run.disk.files()).anyMatch(file -> file.endsWith("tile/entries/001"));
  }

  /** One writer's life, and what the world was told during it. */
  private static final class Run {
    private final SimulatedDisk disk;
    private final Random random;
    private final List<String> acknowledged = new ArrayList<>();
    private final List<byte[]> seen = new ArrayList<>();
    private List<String> inFlight = List.of();

    Run(long seed) {
      disk = new SimulatedDisk(seed);
      random = new Random(seed);
    }

    long untilTheEnd() {
      work();
      return disk.operations();
    }

    void untilTheFault() {
      try {
        work();
      } catch (PowerCut | FarshoreException expected) {
        lookAtCheckpoint();
      }
    }

    void lookAtCheckpoint() {
      Logs.files(disk).readCheckpoint().ifPresent(seen::add);
    }

    /** Appends in batches of 1 to 130, publishes now and then, and closes and opens once. */
    private void work() {
      int half = 4;
      try (LogWriter writer = Logs.open(disk)) {
        batches(writer, half);
      }
      try (LogWriter writer = Logs.open(disk)) {
        lookAtCheckpoint();
        batches(writer, half);
      }
    }

    private void batches(LogWriter writer, int count) {
      for (int i = 0; i < count; i++) {
        List<byte[]> batch = Logs.batch(writer.size(), 1 + random.nextInt(130));
        inFlight = batch.stream().map(entry -> new String(entry, StandardCharsets.UTF_8)).toList();
        writer.append(batch);
        acknowledged.addAll(inFlight);
        inFlight = List.of();
        if (random.nextBoolean()) {
          writer.publish();
          lookAtCheckpoint();
        }
      }
    }

    void checkAfterwards() {
      List<String> withInFlight = new ArrayList<>(acknowledged);
      withInFlight.addAll(inFlight);
      try (LogWriter writer = Logs.open(disk)) {
        List<String> found = Logs.verified(Logs.files(disk), Optional.empty());
        assertThat(found).isIn(acknowledged, withInFlight);
        for (byte[] checkpoint : seen) {
          Logs.verified(Logs.files(disk), Optional.of(checkpoint));
        }
        Logs.appendUpTo(writer, writer.size() + 300);
        writer.publish();
        Optional<byte[]> last = seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast());
        List<String> more = Logs.verified(Logs.files(disk), last);
        assertThat(more).hasSize(found.size() + 300);
        assertThat(more.subList(0, found.size())).isEqualTo(found);
      }
    }
  }
}
