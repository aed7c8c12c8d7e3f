package io.farshore.quorum.raft;

import io.farshore.kernel.FarshoreException;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.wire.MemberEndpoint;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftNode.RaftNodeBuilder;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import io.microraft.report.RaftNodeReportListener;
import io.microraft.statemachine.StateMachine;
import io.microraft.transport.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a MicroRaft node together. */
final class NodeFactory {
  /** Entries of one append request, so that a full one stays far below a frame's limit. */
  private static final int APPEND_ENTRIES_MAX = 32;

  /** Commands of which the outcome is open; the leader refuses more. */
  private static final int COMMANDS_PENDING_MAX = 128;

  /** 300 ms of chance: measured best for members 80 ms apart (LeaderLossSimTest). */
  private static final int ELECTION_NOISE_FACTOR = 3;

  private NodeFactory() {}

  static RaftNode create(
      QuorumSettings settings,
      RaftQuorum.Parts parts,
      RaftStore store,
      Transport transport,
      StateMachine machine,
      RaftNodeReportListener listener) {
    RaftNodeBuilder builder =
        RaftNode.newBuilder()
            .setGroupId(settings.group())
            .setConfig(config(settings))
            .setExecutor(parts.executor())
            .setTransport(transport)
            .setStateMachine(machine)
            .setStore(store)
            .setRaftNodeReportListener(listener)
            .setRandom(new ElectionNoise(parts.random(), ELECTION_NOISE_FACTOR))
            .setClock(new MonotonicMillis(parts.clock()));
    Set<RaftEndpoint> members =
        settings.members().stream().map(MemberEndpoint::new).collect(Collectors.toSet());
    Optional<RestoredRaftState> restored = parts.store().restored();
    restored.ifPresent(state -> requireSameMembers(state, members));
    restored.ifPresentOrElse(
        builder::setRestoredState,
        () ->
            builder
                .setLocalEndpoint(new MemberEndpoint(settings.self()))
                .setInitialGroupMembers(members));
    return builder.build();
  }

  /** Members with different ideas of a majority could decide against each other. */
  private static void requireSameMembers(RestoredRaftState state, Set<RaftEndpoint> members) {
    Set<RaftEndpoint> before = Set.copyOf(state.getInitialGroupMembers().getMembers());
    if (!before.equals(members)) {
      throw new FarshoreException(
          QuorumErrors.STORE_BELONGS_TO_ANOTHER,
          "the directory was written for a quorum of other members",
          Map.of("members", before.toString()));
    }
  }

  private static RaftConfig config(QuorumSettings settings) {
    return RaftConfig.newBuilder()
        .setLeaderElectionTimeoutMillis(settings.electionTimeout().toMillis())
        .setLeaderHeartbeatPeriodSecs(settings.heartbeatPeriod().toSeconds())
        .setLeaderHeartbeatTimeoutSecs(settings.leaderTimeout().toSeconds())
        .setAppendEntriesRequestBatchSize(APPEND_ENTRIES_MAX)
        .setMaxPendingLogEntryCount(COMMANDS_PENDING_MAX)
        .setCommitCountToTakeSnapshot(settings.commandsPerSnapshot())
        // One source keeps the transfer simple; state here is small.
        .setTransferSnapshotsFromFollowersEnabled(false)
        .build();
  }
}
