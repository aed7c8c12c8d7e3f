package io.farshore.contracts.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One restorable state at one position. {@code GET /v1/recovery-points}.
 *
 * @param id content-derived or time-ordered; unique in the vault
 * @param application whose
 * @param component the database component
 * @param timeline of the source
 * @param startLsn where the base backup began
 * @param stopLsn from here on it is consistent
 * @param countsLsn where {@code rowCounts} were taken; absent if they could not be
 * @param takenAt when the position was current
 * @param sourceBytes size before compression
 * @param storedBytes size of what was new in each copy
 * @param manifestDigest SHA-256 of the signed manifest, hexadecimal
 * @param rowCounts by {@code database.schema.table}, exact at {@code countsLsn}
 * @param copies where it is
 */
public record RecoveryPoint(
    String id,
    String application,
    String component,
    long timeline,
    String startLsn,
    String stopLsn,
    @Nullable String countsLsn,
    Instant takenAt,
    long sourceBytes,
    long storedBytes,
    String manifestDigest,
    Map<String, Long> rowCounts,
    List<Copy> copies) {

  /**
   * @param name of the copy's repository
   * @param region where it lies
   * @param medium {@code disk}, {@code object-store} or {@code archive}
   * @param state {@code present}, {@code damaged}, {@code missing} or {@code unknown}
   */
  public record Copy(String name, String region, String medium, String state) {}
}
