package io.farshore.quarkus.idempotency;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers commands and their answers. Implementations are thread-safe. */
public interface AnswerStore {
  /**
   * Finds the answer stored under {@code id}, or reserves it.
   *
   * @param id stands for subject, route and key
   * @param bodyDigest what the body must be the same in
   * @param now decides what has expired
   * @param newOperationId used once, for a new reservation
   * @throws io.farshore.kernel.FarshoreException one of {@link IdempotencyErrors}
   */
  Slot begin(String id, String bodyDigest, Instant now, Supplier<String> newOperationId);

  /** Stores the answer; from now on {@link #begin} gives it. */
  void complete(Slot slot, StoredAnswer answer);

  /** Takes a reservation back: the command failed and may be sent again. */
  void release(Slot slot);

  /**
   * A reserved or answered key.
   *
   * @param id as given to {@link #begin}
   * @param bodyDigest as given
   * @param operationId the same for every request under this key
   * @param createdAt when it was first used
   * @param answer absent: reserved for the caller, who must complete or release it
   */
  record Slot(
      String id,
      String bodyDigest,
      String operationId,
      Instant createdAt,
      @Nullable StoredAnswer answer) {}

  /**
   * @param status HTTP status
   * @param location header, if any
   * @param body JSON text
   */
  record StoredAnswer(int status, @Nullable String location, String body) {}
}
