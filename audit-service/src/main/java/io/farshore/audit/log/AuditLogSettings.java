package io.farshore.audit.log;

import java.nio.file.Path;
import java.time.Duration;

/** How the log is kept. */
public interface AuditLogSettings {
  /** The log's name: its key's name and the first line of its checkpoints. Never changes. */
  String origin();

  /** File with the Ed25519 key that signs checkpoints: PKCS #8 in PEM, for its owner only. */
  Path signingKeyFile();

  /** How long after an entry became durable a checkpoint covers it, at most. */
  Duration publishInterval();
}
