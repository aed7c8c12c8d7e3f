package io.farshore.testbed.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testbed.client.LedgerClient;
import io.farshore.testbed.load.Attempt.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private final List<Attempt> attempts = new ArrayList<>();

  @Test
  void acknowledgedTransferThatIsNotInTheBooksIsLost() throws Exception {
    UUID kept = attempt(10, 20, Outcome.ACKNOWLEDGED, "us-east");
    attempt(20, 30, Outcome.ACKNOWLEDGED, "us-east");

    Settlement settlement = settle(List.of(kept), 1, 50);

    assertThat(settlement.lost()).isEqualTo(1);
    assertThat(settlement.lostWindow()).isEqualTo(Duration.ofNanos(20));
    assertThat(settlement.isCoveredBy(Duration.ofNanos(20))).isTrue();
    assertThat(settlement.isCoveredBy(Duration.ofNanos(19))).isFalse();
    assertThat(settlement.isCoveredBy(null)).isFalse();
    assertThat(settlement.violations()).isEmpty();
  }

  @Test
  void refusedTransferInTheBooksIsAViolation() throws Exception {
    UUID refused = attempt(10, 20, Outcome.REFUSED, "");

    assertThat(settle(List.of(refused), 1, 50).violations()).hasSize(1);
  }

  @Test
  void unknownTransferMayBeBookedOrNot() throws Exception {
    UUID booked = attempt(10, 20, Outcome.UNKNOWN, "");
    attempt(10, 20, Outcome.UNKNOWN, "");

    Settlement settlement = settle(List.of(booked), 1, 50);

    assertThat(settlement.violations()).isEmpty();
    assertThat(settlement.unknownBooked()).isEqualTo(1);
  }

  @Test
  void transferThatNobodySentIsAViolation() throws Exception {
    UUID known = attempt(10, 20, Outcome.ACKNOWLEDGED, "us-east");

    assertThat(settle(List.of(known), 2, 50).violations()).hasSize(1);
  }

  @Test
  void earlierWriterThatAcknowledgesAfterTheLaterOneIsASecondWriter() throws Exception {
    List<UUID> booked = new ArrayList<>();
    booked.add(attempt(10, 20, Outcome.ACKNOWLEDGED, "us-east"));
    booked.add(attempt(30, 40, Outcome.ACKNOWLEDGED, "eu-west"));
    assertThat(settle(booked, 2, 50).violations()).isEmpty();

    booked.add(attempt(41, 60, Outcome.ACKNOWLEDGED, "us-east"));

    assertThat(settle(booked, 3, 50).secondWriterAcknowledgements()).isEqualTo(1);
  }

  @Test
  void answerThatWasUnderWayDuringTheChangeIsNoSecondWriter() throws Exception {
    List<UUID> booked = new ArrayList<>();
    booked.add(attempt(10, 20, Outcome.ACKNOWLEDGED, "us-east"));
    booked.add(attempt(30, 40, Outcome.ACKNOWLEDGED, "eu-west"));
    booked.add(attempt(39, 60, Outcome.ACKNOWLEDGED, "us-east"));

    assertThat(settle(booked, 3, 50).violations()).isEmpty();
  }

  private UUID attempt(long sentAt, long endedAt, Outcome outcome, String writer) {
    UUID id = UUID.randomUUID();
    attempts.add(new Attempt(id, "us-east", "us-east", sentAt, endedAt, outcome, 0, writer));
    return id;
  }

  private Settlement settle(List<UUID> booked, long transfers, long lossAt) throws Exception {
    try (FakeLedger fake = new FakeLedger(booked, transfers);
        LedgerClient ledger = new LedgerClient(fake.uri())) {
      return Settlement.of(attempts, ledger, 0, lossAt);
    }
  }
}
