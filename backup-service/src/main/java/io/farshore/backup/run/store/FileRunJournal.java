package io.farshore.backup.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.farshore.backup.event.Origin;
import io.farshore.backup.journal.FileJournal;
import io.farshore.backup.journal.JournalFields;
import io.farshore.backup.run.Run;
import io.farshore.backup.run.RunJournal;
import io.farshore.backup.run.RunState;
import io.farshore.kernel.ApplicationId;
import io.farshore.vault.manifest.RecoveryPointId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs as files below the service's data directory. */
public final class FileRunJournal implements RunJournal {
  private final FileJournal files;

  public FileRunJournal(Path directory) {
    files = new FileJournal(directory);
  }

  @Override
  public void save(Run run) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", run.id().value())
            .put("application", run.application().value())
            .put("component", run.component())
            .put("startedAt", run.startedAt().toString());
    JournalFields.write(node, run.origin(), run.untold());
    switch (run.state()) {
      case RunState.Running running -> node.put("state", "running");
      case RunState.Completed completed ->
          node.put("state", "completed")
              .put("finishedAt", completed.at().toString())
              .put("recoveryPoint", completed.recoveryPoint().value())
              .put("sourceBytes", completed.sourceBytes());
      case RunState.Failed failed ->
          node.put("state", "failed")
              .put("finishedAt", failed.at().toString())
              .put("code", failed.code())
              .put("error", failed.error())
              .put("sourceBytes", failed.sourceBytes());
    }
    files.save(run.id().value(), node);
  }

  @Override
  public Optional<Run> load(RecoveryPointId id) {
    return files.load(id.value()).map(FileRunJournal::read);
  }

  @Override
  public List<Run> list() {
    return files.list().stream().map(FileRunJournal::read).toList();
  }

  private static Run read(JsonNode node) {
    RunState state =
        switch (node.path("state").asText()) {
          case "running" -> new RunState.Running();
          case "completed" ->
              new RunState.Completed(
                  Instant.parse(node.path("finishedAt").asText()),
                  new RecoveryPointId(node.path("recoveryPoint").asText()),
                  node.path("sourceBytes").asLong());
          case "failed" ->
              new RunState.Failed(
                  Instant.parse(node.path("finishedAt").asText()),
                  node.path("code").asText(),
                  node.path("error").asText(),
                  node.path("sourceBytes").asLong());
          default -> throw new IllegalArgumentException("unknown state in the journal");
        };
    Origin origin = JournalFields.origin(node);
    return new Run(
        new RecoveryPointId(node.path("id").asText()),
        new ApplicationId(node.path("application").asText()),
        node.path("component").asText(),
        origin,
        Instant.parse(node.path("startedAt").asText()),
        state,
        JournalFields.untold(node, origin));
  }
}
