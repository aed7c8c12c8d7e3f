package io.farshore.tlog.verify;

import io.farshore.tlog.checkpoint.LogCheckpoint;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a log found.
 *
 * @param checkpoint the signed one; empty if none could be trusted, and then nothing else was
 *     checked
 * @param entriesChecked how many entries were hashed
 * @param first the log's first entry
 * @param last the log's last entry
 * @param earlier the earlier checkpoint that the log was shown to extend
 * @param findings what is wrong, at most {@value LogVerification#FINDINGS_MAX}
 * @param findingsTotal how many findings there were
 */
public record VerificationReport(
    Optional<LogCheckpoint> checkpoint,
    long entriesChecked,
    Optional<VerifiedEntry> first,
    Optional<VerifiedEntry> last,
    Optional<LogCheckpoint> earlier,
    List<Finding> findings,
    long findingsTotal) {
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Whether the log is exactly what its key signed. */
  public boolean intact() {
    return findingsTotal == 0;
  }
}
