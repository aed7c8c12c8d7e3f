package io.farshore.vault.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.farshore.vault.chunk.ChunkId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sealed record of what a recovery point consists of. It is stored last: without it the chunks
 * that were stored before are no backup.
 *
 * @param summary readable without the repository key
 * @param contents readable only with it
 */
public record BackupManifest(RecoveryPointSummary summary, Contents contents) {

  /**
   * Files, log and counts.
   *
   * @param directories parents before children
   * @param files in the order they were read
   * @param wal log segments by their PostgreSQL names, whole and in order; replay needs no other
   * @param minimumSettings what a server needs at least to replay the log: {@code max_connections}
   *     and the like, as the source had them
   * @param rowCounts by {@code database.schema.table}, exact at the summary's {@code countsLsn}
   */
  public record Contents(
      List<StoredDirectory> directories,
      List<StoredFile> files,
      List<StoredFile> wal,
      Map<String, Integer> minimumSettings,
      Map<String, Long> rowCounts) {
    public Contents {
      directories = List.copyOf(directories);
      files = List.copyOf(files);
      wal = List.copyOf(wal);
      minimumSettings = Map.copyOf(minimumSettings);
      rowCounts = Map.copyOf(rowCounts);
    }

    /** Every chunk a restore reads, with repetitions. */
    @JsonIgnore
    public Stream<ChunkId> chunks() {
      return Stream.concat(files.stream(), wal.stream()).flatMap(file -> file.chunks().stream());
    }
  }
}
