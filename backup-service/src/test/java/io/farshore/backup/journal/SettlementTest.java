package io.farshore.backup.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.BackupEvent;
import io.farshore.backup.event.RecordedEvents;
import io.farshore.kernel.FarshoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private final Map<String, Entry> journal = new TreeMap<>();
  private final RecordedEvents told = new RecordedEvents();
  private final Noticed noticed = new Noticed();
  private boolean unwritable;
  private final Settlement<Entry> settlement =
      new Settlement<>(
          entry -> {
            if (unwritable) {
              throw new FarshoreException(BackupErrors.JOURNAL_UNWRITABLE, "No room left");
            }
            journal.put(entry.key, entry);
          },
          told,
          noticed);

  /** Where something stands, in a word. */
  private record Entry(String key, String state, List<BackupEvent> untold)
      implements Journaled<Entry> {
    @Override
    public Entry withUntold(List<BackupEvent> rest) {
      return new Entry(key, state, List.copyOf(rest));
    }
  }

  private static Entry entry(String key, String state, String... types) {
    List<BackupEvent> events = new ArrayList<>();
    for (String type : types) {
      events.add(new BackupEvent(type, key, Map.of(), Optional.empty()));
    }
    return new Entry(key, state, List.copyOf(events));
  }

  @Test
  void what_is_told_is_journaled_before_and_not_told_again_after() {
    told.takeOnly(
        type -> {
          assertThat(journal.get("1")).isEqualTo(entry("1", "ended", "made", "failed"));
          return true;
        });

    settlement.settle(entry("1", "ended", "made", "failed"));
    settlement.settleAgain();

    assertThat(told.types()).containsExactly("made", "failed");
    assertThat(journal.get("1")).isEqualTo(entry("1", "ended"));
    assertThat(settlement.waiting()).isZero();
    assertThat(noticed.words).isEmpty();
  }

  @Test
  void what_cannot_be_told_is_journaled_noticed_once_and_told_when_it_can_be() {
    told.takeNothing();

    settlement.settle(entry("1", "ended", "failed"));
    settlement.settleAgain();

    assertThat(journal.get("1")).isEqualTo(entry("1", "ended", "failed"));
    assertThat(noticed.words).containsExactly("1 waits: outbox-full");
    assertThat(settlement.waiting()).isEqualTo(1);

    told.takeAll();
    settlement.settleAgain();

    assertThat(told.types()).containsExactly("failed");
    assertThat(journal.get("1")).isEqualTo(entry("1", "ended"));
    assertThat(settlement.waiting()).isZero();
  }

  @Test
  void what_was_told_before_there_was_no_room_is_not_told_again() {
    told.takeOnly(type -> type.equals("made"));
    settlement.settle(entry("1", "ended", "made", "failed"));
    settlement.settleAgain();

    assertThat(journal.get("1")).isEqualTo(entry("1", "ended", "failed"));
    told.takeAll();
    settlement.settleAgain();

    assertThat(told.types()).containsExactly("made", "failed");
  }

  @Test
  void what_waits_is_told_before_what_came_after() {
    told.takeNothing();
    settlement.settle(entry("1", "running", "started"));
    told.takeAll();

    settlement.settle(entry("1", "ended", "failed"));

    assertThat(told.types()).containsExactly("started", "failed");
    assertThat(journal.get("1")).isEqualTo(entry("1", "ended"));
  }

  @Test
  void what_cannot_be_journaled_is_known_here_and_told_only_when_it_is_journaled() {
    unwritable = true;

    settlement.settle(entry("1", "ended", "failed"));

    assertThat(settlement.waiting("1")).contains(entry("1", "ended", "failed"));
    assertThat(told.types()).isEmpty();
    assertThat(noticed.words).containsExactly("1 waits: journal-unwritable");

    unwritable = false;
    settlement.settleAgain();

    assertThat(journal.get("1")).isEqualTo(entry("1", "ended"));
    assertThat(told.types()).containsExactly("failed");
    assertThat(settlement.waiting("1")).isEmpty();
  }

  @Test
  void one_that_cannot_be_told_does_not_hold_up_the_others() {
    told.takeNothing();
    settlement.settle(entry("1", "ended", "too-large"));
    settlement.settle(entry("2", "ended", "failed"));

    told.takeOnly(type -> !type.equals("too-large"));
    settlement.settleAgain();

    assertThat(told.types()).containsExactly("failed");
    assertThat(settlement.waiting()).isEqualTo(1);
  }

  @Test
  void more_than_are_kept_cost_the_oldest_and_that_is_noticed() {
    told.takeNothing();
    int first = 10_000;
    for (int i = 0; i <= Settlement.WAITING_MAX; i++) {
      settlement.settle(entry(Integer.toString(first + i), "ended", "failed"));
    }

    assertThat(settlement.waiting()).isEqualTo(Settlement.WAITING_MAX);
    assertThat(noticed.words).endsWith("10000 given up");
  }

  private static final class Noticed implements SettlementListener {
    private final List<String> words = new ArrayList<>();

    @Override
    public void waits(String key, RuntimeException reason) {
      words.add(key + " waits: " + ((FarshoreException) reason).code());
    }

    @Override
    public void givenUp(String key) {
      words.add(key + " given up");
    }
  }
}
