package io.farshore.quorum.store;

import static io.farshore.quorum.store.Entries.chunk;
import static io.farshore.quorum.store.Entries.entry;
import static io.farshore.quorum.store.Entries.term;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.log.LogEntry;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Power fails at every step of a store's life; what was said to be durable must be there. */
class FileRaftStoreCrashTest {
  private static final int SEEDS = 20;

  /** Small, so that files are begun and freed many times. */
  private static final int SEGMENT_BYTES = 8 * 1024;

  private static final String LARGE = "x".repeat(500);

  /** What the store has confirmed so far, and what it was asked since. */
  private static final class Expected {
    private int term;
    private long snapshot;
    private final TreeMap<Long, String> entries = new TreeMap<>();
    private final TreeMap<Long, String> unconfirmed = new TreeMap<>();
    private long cutFrom = Long.MAX_VALUE;

    private void confirm() {
      entries.tailMap(cutFrom, true).clear();
      cutFrom = Long.MAX_VALUE;
      entries.putAll(unconfirmed);
      unconfirmed.clear();
    }
  }

  @Test
  void what_was_flushed_survives_a_power_failure_at_any_step() {
    for (int seed = 0; seed < SEEDS; seed++) {
      int steps = stepsOfAWholeLife(seed);
      for (int step = 0; step < steps; step++) {
        SimulatedDisk disk = new SimulatedDisk(new Random(seed * 10_000L + step));
        disk.dieAt(step);
        Expected expected = new Expected();
        live(disk, expected);
        assertThat(disk.died()).isTrue();

        check(disk.afterPowerLoss(), expected, "seed " + seed + ", step " + step);
      }
    }
  }

  private static int stepsOfAWholeLife(int seed) {
    SimulatedDisk disk = new SimulatedDisk(new Random(seed));
    live(disk, new Expected());
    assertThat(disk.died()).isFalse();
    return disk.steps();
  }

  private static void live(SimulatedDisk disk, Expected expected) {
    try (FileRaftStore store = FileRaftStore.open(disk, "group", Entries.SELF, SEGMENT_BYTES)) {
      store.persistAndFlushLocalEndpoint(Entries.self());
      store.persistAndFlushInitialGroupMembers(Entries.members());
      for (int round = 1; round <= 12; round++) {
        store.persistAndFlushTerm(term(round, Entries.OTHER));
        expected.term = round;
        append(store, expected, round, 8);
        if (round % 2 == 0) {
          cut(store, expected);
        }
        if (round % 3 == 0) {
          snapshot(store, expected);
        }
      }
    } catch (IOException e) {
      assertThat(disk.died()).isTrue();
    } catch (RuntimeException e) {
      // Opening reports the dead disk in its own terms.
      assertThat(disk.died()).as(e.toString()).isTrue();
    }
  }

  private static void append(FileRaftStore store, Expected expected, int round, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      long last = expected.entries.isEmpty() ? expected.snapshot : expected.entries.lastKey();
      LogEntry entry = entry(last + 1, round, LARGE + round);
      expected.unconfirmed.put(entry.getIndex(), Entries.text(entry));
      store.persistLogEntries(List.of(entry));
      store.flush();
      expected.confirm();
    }
  }

  private static void cut(FileRaftStore store, Expected expected) throws IOException {
    expected.cutFrom = expected.entries.lastKey() - 1;
    store.truncateLogEntriesFrom(expected.cutFrom);
    store.flush();
    expected.confirm();
  }

  private static void snapshot(FileRaftStore store, Expected expected) throws IOException {
    long index = expected.entries.lastKey() - 3;
    store.persistSnapshotChunk(chunk(index, 0, 2, "first"));
    store.persistSnapshotChunk(chunk(index, 1, 2, "second"));
    store.flush();
    expected.snapshot = index;
    store.truncateLogEntriesUntil(index - 2);
    store.flush();
  }

  private static void check(SimulatedDisk disk, Expected expected, String when) {
    try (FileRaftStore store = FileRaftStore.open(disk, "group", Entries.SELF, SEGMENT_BYTES)) {
      RestoredRaftState state = store.restored().orElse(null);
      if (state == null) {
        assertThat(expected.term).as(when).isZero();
        return;
      }
      assertThat(state.getTermPersistentState().getTerm())
          .as("term, %s", when)
          .isBetween(expected.term, expected.term + 1);
      long snapshot = state.getSnapshotEntry() == null ? 0 : state.getSnapshotEntry().getIndex();
      assertThat(snapshot).as("snapshot, %s", when).isGreaterThanOrEqualTo(expected.snapshot);
      TreeMap<Long, String> found = new TreeMap<>();
      state.getLogEntries().forEach(e -> found.put(e.getIndex(), Entries.text(e)));
      TreeMap<Long, String> all = new TreeMap<>(expected.entries);
      all.putAll(expected.unconfirmed);
      expected
          .entries
          .tailMap(snapshot, false)
          .headMap(expected.cutFrom, false)
          .keySet()
          .forEach(index -> assertThat(found).as("%s, %s", index, when).containsKey(index));
      found.forEach((index, text) -> assertThat(text).as(when).isEqualTo(all.get(index)));
    }
  }
}
