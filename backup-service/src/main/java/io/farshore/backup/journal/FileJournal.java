package io.farshore.backup.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.farshore.backup.BackupErrors;
import io.farshore.kernel.DurableFiles;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One JSON file for each record, replaced in one step and forced to disk. What is running is known
 * so after any crash, whatever databases are away. Thread-safe.
 */
public final class FileJournal {
  /** Older ones go; the index in PostgreSQL keeps them. */
  public static final int RECORDS_MAX = 1_000;

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final JsonMapper json = new JsonMapper();

  public FileJournal(Path directory) {
    this.directory = directory;
  }

  /**
   * Stores or replaces a record.
   *
   * @param id a UUID; time-ordered, so that names sort by age
   * @throws FarshoreException {@link BackupErrors#JOURNAL_UNWRITABLE}
   */
  public synchronized void save(String id, ObjectNode node) {
    try {
      Files.createDirectories(directory);
      DurableFiles.replace(path(id), json.writeValueAsBytes(node));
      forgetOldest();
    } catch (IOException e) {
      throw new FarshoreException(
          BackupErrors.JOURNAL_UNWRITABLE,
          "The journal cannot be written",
          Map.of("directory", directory.toString(), "cause", String.valueOf(e.getMessage())),
          e);
    }
  }

  /** The record of that id, or empty if there is none. */
  public Optional<JsonNode> load(String id) {
    return ID.matcher(id).matches() ? read(path(id)) : Optional.empty();
  }

  /** All records, the newest first. */
  public List<JsonNode> list() {
    List<JsonNode> all = new ArrayList<>();
    for (Path file : files()) {
      read(file).ifPresent(all::add);
    }
    return all;
  }

  /** A file that is no record was not written by us: it is passed over, never a reason to stop. */
  private Optional<JsonNode> read(Path file) {
    try {
      JsonNode node = json.readTree(Files.readAllBytes(file));
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new FarshoreException(
          BackupErrors.JOURNAL_UNWRITABLE,
          "The journal cannot be read",
          Map.of("file", file.toString()),
          e);
    }
  }

  private void forgetOldest() throws IOException {
    List<Path> files = files();
    for (Path old : files.subList(Math.min(files.size(), RECORDS_MAX), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> ID.matcher(nameOf(path)).matches())
          .sorted(Comparator.comparing(FileJournal::nameOf).reversed())
          .toList();
    } catch (IOException e) {
      throw new FarshoreException(
          BackupErrors.JOURNAL_UNWRITABLE,
          "The journal cannot be read",
          Map.of("directory", directory.toString()),
          e);
    }
  }

  private static String nameOf(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
  }

  private Path path(String id) {
    return directory.resolve(require(id) + SUFFIX);
  }

  private static String require(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("records are named by UUIDs");
    }
    return id;
  }
}
