package io.farshore.quarkus.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.farshore.kernel.DurableFiles;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps each key in a small file of its own, replaced atomically. A reservation is on disk before
 * the command runs, so that a command repeated after a crash gets the same operation id.
 */
@RegisterForReflection(targets = {AnswerStore.Slot.class, AnswerStore.StoredAnswer.class})
public final class FileAnswerStore implements AnswerStore {
  /** How long a key is remembered: longer than any client retries. */
  public static final Duration KEPT_FOR = Duration.ofHours(24);

  /** Commands come from people and plans; more than this in a day is a client gone wild. */
  public static final int KEYS_MAX = 10_000;

  private static final KeyedLog LOG = KeyedLog.of(FileAnswerStore.class);
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final int keysMax;
  private final ObjectMapper json = FarshoreJson.lenient();
  private final Map<String, Slot> slots = new HashMap<>();
  private final Set<String> inFlight = new HashSet<>();

  /**
   * Opens the store, reading what an earlier process left.
   *
   * @throws FarshoreException if the directory cannot be read
   */
  public FileAnswerStore(Path directory, int keysMax) {
    this.directory = directory;
    this.keysMax = keysMax;
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(this::load);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void load(Path file) {
    try {
      Slot slot = json.readValue(file.toFile(), Slot.class);
      slots.put(slot.id(), slot);
    } catch (IOException e) {
      // Files are replaced atomically, so this is damage, not a crash. Forgetting the key is all
      // that can be done; the file stays for whoever looks into it.
      LOG.with("file", file.getFileName()).error("A stored answer cannot be read and is ignored");
    }
  }

  @Override
  public synchronized Slot begin(
      String id, String bodyDigest, Instant now, Supplier<String> newOperationId) {
    forgetExpired(now);
    Slot known = slots.get(id);
    if (known == null) {
      if (slots.size() >= keysMax) {
        throw new FarshoreException(
            IdempotencyErrors.STORE_FULL,
            "Too many commands in a day",
            Map.of("keysMax", Integer.toString(keysMax)));
      }
      known = new Slot(id, bodyDigest, newOperationId.get(), now, null);
      persist(known);
    }
    if (!known.bodyDigest().equals(bodyDigest)) {
      throw new FarshoreException(
          IdempotencyErrors.KEY_REUSED,
          "This Idempotency-Key was used for another body: use a new one for a new command");
    }
    if (known.answer() == null && !inFlight.add(id)) {
      throw new FarshoreException(
          IdempotencyErrors.IN_FLIGHT,
          "The first request with this Idempotency-Key is still being answered");
    }
    return known;
  }

  @Override
  public synchronized void complete(Slot slot, StoredAnswer answer) {
    persist(new Slot(slot.id(), slot.bodyDigest(), slot.operationId(), slot.createdAt(), answer));
    inFlight.remove(slot.id());
  }

  @Override
  public synchronized void release(Slot slot) {
    // The reservation stays: the command may have begun, and its repetition needs the same id.
    inFlight.remove(slot.id());
  }

  private void forgetExpired(Instant now) {
    Instant limit = now.minus(KEPT_FOR);
    slots
        .values()
        .removeIf(
            slot -> {
              if (inFlight.contains(slot.id()) || !slot.createdAt().isBefore(limit)) {
                return false;
              }
              try {
                Files.deleteIfExists(file(slot.id()));
                return true;
              } catch (IOException e) {
                throw unwritable(e);
              }
            });
  }

  private void persist(Slot slot) {
    try {
      DurableFiles.replace(file(slot.id()), json.writeValueAsBytes(slot));
    } catch (IOException e) {
      throw unwritable(e);
    }
    slots.put(slot.id(), slot);
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static FarshoreException unwritable(IOException cause) {
    return new FarshoreException(
        IdempotencyErrors.STORE_UNWRITABLE,
        "The store of command answers cannot be read or written",
        Map.of("error", String.valueOf(cause.getMessage())),
        cause);
  }
}
