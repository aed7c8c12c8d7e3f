package io.farshore.backup.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunState;
import io.farshore.contracts.event.EventTypes;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.CopyOutcome;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.ManifestCodec;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.RecoveryPointSummary;
import io.farshore.vault.manifest.SourceIdentity;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackupEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final RecoveryPointId ID = RecoveryPointId.of(UUID.randomUUID());
  private static final Origin NOBODY = new Origin(Optional.empty(), Optional.empty());
  private static final Origin ADA =
      new Origin(
          Optional.of("ada"),
          Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  /** One complete, one that failed: together they have every field there is. */
  private static final List<CopyOutcome> OUTCOMES =
      List.of(
          new CopyOutcome("us-east", true, 7, Optional.empty()),
          new CopyOutcome(
              "eu-west",
              true,
              0,
              Optional.of(new FarshoreException(VaultErrors.COPY_FULL, "No room left"))));

  private final List<BackupEvent> events = new ArrayList<>();

  private static Run run(Origin origin) {
    return new Run(
        ID,
        new ApplicationId("ledger"),
        "ledger-database",
        origin,
        NOW,
        new RunState.Running(),
        List.of());
  }

  private static RestoreOrder restore(Origin origin) {
    return new RestoreOrder(
        ID.value(),
        ID,
        Optional.empty(),
        Path.of("/restored/one"),
        Optional.empty(),
        origin,
        NOW,
        new RestoreState.Running(),
        List.of());
  }

  private static BackupResult result(@Nullable Lsn countsLsn) {
    RecoveryPointSummary summary =
        new RecoveryPointSummary(
            ManifestCodec.FORMAT,
            ID,
            new ApplicationId("ledger"),
            "ledger-database",
            new SourceIdentity("1", "18.6", new RegionId("us-east"), false),
            NOW,
            new Timeline(1),
            new Lsn(1),
            new Lsn(2),
            countsLsn,
            10,
            7);
    return new BackupResult(
        new BackupManifest(
            summary,
            new BackupManifest.Contents(List.of(), List.of(), List.of(), Map.of(), Map.of())),
        "0".repeat(64),
        OUTCOMES);
  }

  /** Every event of a run and of a restore, with every field. */
  private void makeAll(Origin origin) {
    Run run = run(origin);
    events.add(BackupEvents.started(run));
    events.add(BackupEvents.sealed(run, result(new Lsn(3)), Duration.ofSeconds(3)));
    events.add(
        BackupEvents.failed(
            run, new RunState.Running().toFailed(NOW, "code", "error", 0), OUTCOMES));
    RestoreOrder order = restore(origin);
    events.add(BackupEvents.started(order));
    RestoreState.Running running = new RestoreState.Running();
    events.add(
        BackupEvents.completed(
            order, running.toCompleted(NOW, List.of("us-east"), 10), "0".repeat(64), 1));
    events.add(BackupEvents.failed(order, running.toFailed(NOW, "code", "error", 0)));
  }

  @Test
  void everyEventNamesWhoAskedAndIsOfTheTraceOfThatRequest() {
    makeAll(ADA);

    assertThat(types()).isEqualTo(typesOfThisService());
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.data().get("actor")).isEqualTo("ada");
              assertThat(event.traceparent()).isEqualTo(ADA.traceparent());
            });
  }

  @Test
  void whoAskedIsLeftOutOfWhatWasBegunBeforeItWasRecorded() {
    makeAll(NOBODY);

    assertThat(types()).isEqualTo(typesOfThisService());
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.data().containsKey("actor")).isFalse();
              assertThat(event.traceparent()).isEmpty();
            });
  }

  @Test
  void madeTwiceAnEventHasOneIdAndNoOtherHasIt() {
    makeAll(ADA);
    int once = events.size();
    makeAll(ADA);

    List<UUID> ids = events.stream().map(BackupEvent::id).toList();
    assertThat(ids.subList(once, ids.size())).isEqualTo(ids.subList(0, once));
    assertThat(Set.copyOf(ids)).hasSize(once);
  }

  @Test
  void theEventsHaveTheFieldsThatAreDocumentedAndNoOther() {
    makeAll(ADA);
    makeAll(NOBODY);
    events.add(BackupEvents.sealed(run(ADA), result(null), Duration.ofSeconds(3)));

    assertThat(
            EventDocument.ofRepository()
                .differences(
                    "io.farshore.backup.",
                    events.stream()
                        .map(e -> new PublishedEvent(e.type(), e.subject(), e.data()))
                        .toList()))
        .isEmpty();
  }

  private Set<String> types() {
    return events.stream().map(BackupEvent::type).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> typesOfThisService() {
    Set<String> types = new TreeSet<>();
    try {
      for (Field constant : EventTypes.class.getFields()) {
        String type = (String) constant.get(null);
        if (type.startsWith("io.farshore.backup.")) {
          types.add(type);
        }
      }
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
    return types;
  }
}
