package io.farshore.quorum.transport;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.raft.MemberThread;
import io.farshore.quorum.raft.RaftQuorum;
import io.farshore.quorum.store.FileDisk;
import io.farshore.quorum.store.FileRaftStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionException;

/** Opens a member that keeps its log in files and talks TCP: what a service uses. */
public final class TcpQuorum {
  private TcpQuorum() {}

  /**
   * Restores what the directory holds, listens, and takes part. Blocks for as long as reading the
   * log takes; call it from a thread that may block. The Vert.x instance stays the caller's.
   *
   * @param directory of this member alone; made if absent
   * @throws FarshoreException if the directory is not this member's, is in use, damaged or
   *     unusable, or the address cannot be bound
   */
  public static Quorum open(
      Vertx vertx,
      QuorumSettings settings,
      LinkSettings links,
      Path directory,
      StateMachine machine) {
    MonotonicClock clock = MonotonicClock.system();
    return open(settings, new TcpLinks(vertx, settings, links, clock), clock, directory, machine);
  }

  static RaftQuorum open(
      QuorumSettings settings,
      TcpLinks links,
      MonotonicClock clock,
      Path directory,
      StateMachine machine) {
    FileRaftStore store =
        FileRaftStore.open(FileDisk.open(directory), settings.group(), settings.self());
    MemberThread thread = new MemberThread("quorum-" + settings.self());
    try {
      RaftQuorum quorum =
          RaftQuorum.start(
              settings, machine, new RaftQuorum.Parts(links, thread, store, clock, new Random()));
      quorum.started().toCompletableFuture().join();
      return quorum;
    } catch (FarshoreException e) {
      thread.close();
      links.close();
      store.close();
      throw e;
    } catch (CompletionException e) {
      thread.close();
      links.close();
      store.close();
      throw e.getCause() instanceof FarshoreException known ? known : e;
    }
  }
}
