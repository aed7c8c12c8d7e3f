package io.farshore.quarkus.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class FileAnswerStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final AnswerStore.StoredAnswer ANSWER =
      new AnswerStore.StoredAnswer(202, "/v1/executions/1", "{}");

  @TempDir Path directory;

  private FileAnswerStore store() {
    return new FileAnswerStore(directory, 3);
  }

  private static AnswerStore.Slot begin(AnswerStore store, String key, String body) {
    return store.begin(key, body, NOW, () -> "operation-of-" + key);
  }

  private static void refused(ErrorCode code, AnswerStore store, String key, String body) {
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> begin(store, key, body))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theAnswerIsGivenAgainAlsoAfterARestart() {
    FileAnswerStore store = store();
    store.complete(begin(store, "a", "body"), ANSWER);

    assertThat(begin(store, "a", "body").answer()).isEqualTo(ANSWER);
    assertThat(begin(store(), "a", "body").answer()).isEqualTo(ANSWER);
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    FileAnswerStore store = store();
    store.complete(begin(store, "a", "body"), ANSWER);

    refused(IdempotencyErrors.KEY_REUSED, store, "a", "other body");
  }

  @Test
  void aSecondRequestWhileTheFirstIsUnderWayIsRefused() {
    FileAnswerStore store = store();
    AnswerStore.Slot slot = begin(store, "a", "body");

    refused(IdempotencyErrors.IN_FLIGHT, store, "a", "body");

    store.complete(slot, ANSWER);
    assertThat(begin(store, "a", "body").answer()).isEqualTo(ANSWER);
  }

  @Test
  void aCommandThatFailedMayBeSentAgainUnderTheSameOperation() {
    FileAnswerStore store = store();
    AnswerStore.Slot slot = begin(store, "a", "body");
    store.release(slot);

    AnswerStore.Slot again = store.begin("a", "body", NOW, () -> "another");

    assertThat(again.answer()).isNull();
    assertThat(again.operationId()).isEqualTo("operation-of-a");
  }

  @Test
  void aProcessKilledInTheMiddleLeavesTheOperationItsId() {
    begin(store(), "a", "body");

    AnswerStore.Slot again = store().begin("a", "body", NOW, () -> "another");

    assertThat(again.operationId()).isEqualTo("operation-of-a");
  }

  @Test
  void aKeyIsForgottenAfterADay() throws IOException {
    FileAnswerStore store = store();
    store.complete(begin(store, "a", "body"), ANSWER);
    Instant dayAfter = NOW.plus(FileAnswerStore.KEPT_FOR).plus(Duration.ofSeconds(1));

    AnswerStore.Slot again = store.begin("a", "other body", dayAfter, () -> "new");

    assertThat(again.operationId()).isEqualTo("new");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void tooManyKeysAreRefused() {
    FileAnswerStore store = store();
    begin(store, "a", "body");
    begin(store, "b", "body");
    begin(store, "c", "body");

    refused(IdempotencyErrors.STORE_FULL, store, "d", "body");
  }

  @Test
  void aDamagedFileIsIgnored() throws IOException {
    Files.writeString(directory.resolve("x.json"), "{damaged");

    assertThat(begin(store(), "a", "body").answer()).isNull();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaidSo() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> new FileAnswerStore(file, 3))
        .satisfies(e -> assertThat(e.code()).isEqualTo(IdempotencyErrors.STORE_UNWRITABLE));
  }
}
