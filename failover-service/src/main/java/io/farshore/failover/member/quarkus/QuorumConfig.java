package io.farshore.failover.member.quarkus;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who agrees: {@code farshore.quorum.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.quorum")
public interface QuorumConfig {
  /** {@code region}, or {@code witness}: votes, observes and executes, but holds no data. */
  @WithDefault("region")
  String role();

  /** Names the quorum; members of two never talk. */
  @WithDefault("farshore")
  String group();

  /** Where this member listens for the others, {@code host:port}. */
  String listen();

  /** Every member, this one included, {@code host:port} as seen from here. */
  Map<String, String> members();

  /** File with the secret that authenticates members to each other. */
  Path secretFile();

  /** Encrypts what members tell each other; absent: it can be read on the way. */
  Optional<Tls> tls();

  /** Files in PEM form. */
  interface Tls {
    /** This member's certificate chain. */
    Path certificate();

    /** Its private key. */
    Path key();

    /** The certificates that sign the members' certificates. */
    Path trust();
  }

  /** Whether this process is a quorum witness. */
  default boolean isWitness() {
    return "witness".equals(role());
  }
}
