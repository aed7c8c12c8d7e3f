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
import io.farshore.quarkus.event.NewEvent;
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
  private static final Optional<String> ADA = Optional.of("ada");

  /** One complete, one that failed: together they have every field there is. */
  private static final List<CopyOutcome> OUTCOMES =
      List.of(
          new CopyOutcome("us-east", true, 7, Optional.empty()),
          new CopyOutcome(
              "eu-west",
              true,
              0,
              Optional.of(new FarshoreException(VaultErrors.COPY_FULL, "No room left"))));

  private final List<NewEvent> published = new ArrayList<>();
  private final BackupEvents events =
      new BackupEvents(
          event -> {
            published.add(event);
            return String.valueOf(event.id());
          });

  private static Run run(Optional<String> actor) {
    return new Run(
        ID, new ApplicationId("ledger"), "ledger-database", actor, NOW, new RunState.Running());
  }

  private static RestoreOrder restore(Optional<String> actor) {
    return new RestoreOrder(
        ID.value(),
        ID,
        Optional.empty(),
        Path.of("/restored/one"),
        Optional.empty(),
        actor,
        NOW,
        new RestoreState.Running());
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
  private void tellAll(Optional<String> actor) {
    events.started(run(actor));
    events.sealed(run(actor), result(new Lsn(3)), Duration.ofSeconds(3));
    events.failed(
        run(actor), new RunState.Running().toFailed(NOW, "code", "error", 0), OUTCOMES, null);
    RestoreOrder order = restore(actor);
    events.started(order);
    RestoreState.Running running = new RestoreState.Running();
    events.ended(
        order.with(running.toCompleted(NOW, List.of("us-east"), 10)), "0".repeat(64), 1, null);
    events.ended(order.with(running.toFailed(NOW, "code", "error", 0)), null, 0, null);
  }

  @Test
  void everyEventNamesWhoAsked() {
    tellAll(ADA);

    assertThat(types()).isEqualTo(typesOfThisService());
    assertThat(published)
        .allSatisfy(event -> assertThat(event.data().get("actor")).isEqualTo("ada"));
  }

  @Test
  void whoAskedIsLeftOutOfWhatWasBegunBeforeItWasRecorded() {
    tellAll(Optional.empty());

    assertThat(types()).isEqualTo(typesOfThisService());
    assertThat(published)
        .allSatisfy(event -> assertThat(event.data().containsKey("actor")).isFalse());
  }

  @Test
  void toldTwiceAnEventHasOneIdAndNoOtherHasIt() {
    tellAll(ADA);
    int once = published.size();
    tellAll(ADA);

    List<String> ids = published.stream().map(event -> String.valueOf(event.id())).toList();
    assertThat(ids.subList(once, ids.size())).isEqualTo(ids.subList(0, once));
    assertThat(Set.copyOf(ids)).hasSize(once);
  }

  @Test
  void theEventsHaveTheFieldsThatAreDocumentedAndNoOther() {
    tellAll(ADA);
    tellAll(Optional.empty());
    events.sealed(run(ADA), result(null), Duration.ofSeconds(3));

    assertThat(
            EventDocument.ofRepository()
                .differences(
                    "io.farshore.backup.",
                    published.stream()
                        .map(e -> new PublishedEvent(e.type(), e.subject(), e.data()))
                        .toList()))
        .isEmpty();
  }

  private Set<String> types() {
    return published.stream().map(NewEvent::type).collect(Collectors.toCollection(TreeSet::new));
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
