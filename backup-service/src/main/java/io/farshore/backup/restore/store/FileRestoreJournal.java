package io.farshore.backup.restore.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.FileJournal;
import io.farshore.backup.journal.JournalFields;
import io.farshore.backup.restore.RestoreJournal;
import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.kernel.Lsn;
import io.farshore.vault.manifest.RecoveryPointId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Restores as files below the service's data directory. */
public final class FileRestoreJournal implements RestoreJournal {
  private final FileJournal files;

  public FileRestoreJournal(Path directory) {
    files = new FileJournal(directory);
  }

  @Override
  public void save(RestoreOrder order) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", order.id())
            .put("recoveryPoint", order.recoveryPoint().value())
            .put("directory", order.directory().toString())
            .put("startedAt", order.startedAt().toString());
    order.copy().ifPresent(copy -> node.put("copy", copy));
    order.target().ifPresent(target -> node.put("targetLsn", target.toString()));
    JournalFields.write(node, order.origin(), order.untold());
    switch (order.state()) {
      case RestoreState.Running running -> node.put("state", "running");
      case RestoreState.Completed completed -> {
        node.put("state", "completed")
            .put("finishedAt", completed.at().toString())
            .put("restoredBytes", completed.restoredBytes());
        completed.copies().forEach(node.putArray("copies")::add);
      }
      case RestoreState.Failed failed ->
          node.put("state", "failed")
              .put("finishedAt", failed.at().toString())
              .put("code", failed.code())
              .put("error", failed.error())
              .put("restoredBytes", failed.restoredBytes());
    }
    files.save(order.id(), node);
  }

  @Override
  public Optional<RestoreOrder> load(String id) {
    return files.load(id).map(FileRestoreJournal::read);
  }

  @Override
  public List<RestoreOrder> list() {
    return files.list().stream().map(FileRestoreJournal::read).toList();
  }

  private static RestoreOrder read(JsonNode node) {
    RestoreState state =
        switch (node.path("state").asText()) {
          case "running" -> new RestoreState.Running();
          case "completed" ->
              new RestoreState.Completed(
                  Instant.parse(node.path("finishedAt").asText()),
                  texts(node.path("copies")),
                  node.path("restoredBytes").asLong());
          case "failed" ->
              new RestoreState.Failed(
                  Instant.parse(node.path("finishedAt").asText()),
                  node.path("code").asText(),
                  node.path("error").asText(),
                  node.path("restoredBytes").asLong());
          default -> throw new IllegalArgumentException("unknown state in the journal");
        };
    Origin origin = JournalFields.origin(node);
    return new RestoreOrder(
        node.path("id").asText(),
        new RecoveryPointId(node.path("recoveryPoint").asText()),
        text(node, "copy"),
        Path.of(node.path("directory").asText()),
        text(node, "targetLsn").map(Lsn::parse),
        origin,
        Instant.parse(node.path("startedAt").asText()),
        state,
        JournalFields.untold(node, origin));
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(item -> all.add(item.asText()));
    return all;
  }
}
