package io.farshore.audit.log.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.audit.log.AuditLog;
import io.farshore.contracts.Page;
import io.farshore.contracts.audit.AuditEntryView;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.proof.TlogProof;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts the published log into pages and shows its entries. Thread-safe. */
@Singleton
public class EntryPages {
  static final ErrorCode CONTINUE_INVALID =
      ErrorCode.permanent("continue-invalid", ErrorCategory.INVALID);
  static final ErrorCode ENTRY_NOT_FOUND =
      ErrorCode.permanent("entry-not-found", ErrorCategory.NOT_FOUND);

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final String FORM = "[0-9]{1,18}";

  private final AuditLog log;
  private final LogFiles files;
  private final ObjectMapper json;

  @Inject
  EntryPages(AuditLog log, LogFiles files, ObjectMapper json) {
    this.log = log;
    this.files = files;
    this.json = json;
  }

  /**
   * @param from index of the first entry
   * @param count how many
   * @param size of the published log
   */
  record Range(long from, int count, long size) {}

  Range range(int limit, @Nullable String continueToken, EntryOrder order) {
    if (continueToken != null && !continueToken.matches(FORM)) {
      throw new FarshoreException(
          CONTINUE_INVALID, "The continue token is not one that this list gave out");
    }
    long size = log.published().size();
    return switch (order) {
      case OLDEST -> {
        long from = continueToken == null ? 0 : Math.min(size, Long.parseLong(continueToken));
        yield new Range(from, (int) Math.min(limit, size - from), size);
      }
      case NEWEST -> {
        long to = continueToken == null ? size : Math.min(size, Long.parseLong(continueToken));
        int count = (int) Math.min(limit, to);
        yield new Range(to - count, count, size);
      }
    };
  }

  Page<AuditEntryView> page(Range range, EntryOrder order) {
    List<byte[]> entries = new LogReader(files, range.size()).entries(range.from(), range.count());
    List<AuditEntryView> views = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      views.add(view(range.from() + i, entries.get(i)));
    }
    long after = range.from() + range.count();
    return switch (order) {
      case OLDEST -> new Page<>(views, after < range.size() ? Long.toString(after) : null);
      case NEWEST ->
          new Page<>(views.reversed(), range.from() > 0 ? Long.toString(range.from()) : null);
    };
  }

  byte[] proof(long index) {
    Note note = Note.parse(files.readCheckpoint().orElseThrow());
    LogCheckpoint checkpoint = LogCheckpoint.parse(note.text());
    if (index >= checkpoint.size()) {
      throw new FarshoreException(
          ENTRY_NOT_FOUND,
          "There is no published entry with this index",
          Map.of("index", Long.toString(index), "size", Long.toString(checkpoint.size())));
    }
    return TlogProof.of(new LogReader(files, checkpoint.size()).inclusion(index), note).encode();
  }

  private AuditEntryView view(long index, byte[] entry) {
    try {
      Map<String, Object> record = json.readValue(entry, OBJECT);
      return new AuditEntryView(
          index,
          Hash.leaf(entry).toString(),
          text(record, "metadata", "uid"),
          text(record, "metadata", "event_code"),
          Instant.parse(text(record, "unmapped", "time")),
          text(record, "unmapped", "subject"),
          record);
    } catch (IOException | RuntimeException notOurs) {
      throw new FarshoreException(
          TlogErrors.LOG_DAMAGED,
          "An entry of the log is not a record of this service",
          Map.of("index", Long.toString(index)),
          notOurs);
    }
  }

  private static String text(Map<String, Object> record, String object, String field) {
    return record.get(object) instanceof Map<?, ?> map && map.get(field) instanceof String text
        ? text
        : "";
  }
}
