package io.farshore.quorum.store;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.wire.MalformedBytesException;
import io.farshore.quorum.wire.MemberEndpoint;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A member's durable state in one directory: a small record (identity, term, vote), a log that only
 * grows, and the newest snapshot. The format is told in {@code docs/quorum.md}.
 *
 * <p>What a crash may have torn, the end of the log that was never synced, is cut off. Anything
 * else that does not check out is refused: a member that guesses its log can undo a decision.
 */
public final class FileRaftStore implements QuorumStore {
  private final Disk disk;
  private final LogSegments log;
  private final Snapshots snapshots;
  private MemberRecord member;
  private Optional<RestoredRaftState> restored = Optional.empty();
  private long freeUntil;

  private FileRaftStore(Disk disk, MemberRecord member, int segmentBytes) {
    this.disk = disk;
    this.log = new LogSegments(disk, segmentBytes);
    this.snapshots = new Snapshots(disk);
    this.member = member;
  }

  /**
   * Opens the directory, which from now on belongs to the store. On failure it is released.
   *
   * @throws FarshoreException with {@link QuorumErrors#STORE_BELONGS_TO_ANOTHER}, {@link
   *     QuorumErrors#STORE_CORRUPT}, {@link QuorumErrors#STORE_FORMAT_UNKNOWN} or {@link
   *     QuorumErrors#STORE_FAILED}
   */
  public static FileRaftStore open(Disk disk, String group, MemberId self) {
    return open(disk, group, self, LogSegments.SEGMENT_BYTES);
  }

  static FileRaftStore open(Disk disk, String group, MemberId self, int segmentBytes) {
    try {
      FileRaftStore store = new FileRaftStore(disk, readMember(disk, group, self), segmentBytes);
      store.load();
      return store;
    } catch (IOException e) {
      throw released(disk, QuorumErrors.STORE_FAILED, "the member's store cannot be read", e);
    } catch (MalformedBytesException | IllegalArgumentException e) {
      throw released(disk, QuorumErrors.STORE_CORRUPT, "the member's store is damaged", e);
    } catch (LogSegments.UnknownFormatException e) {
      throw released(disk, QuorumErrors.STORE_FORMAT_UNKNOWN, "the store is of another version", e);
    } catch (FarshoreException e) {
      disk.close();
      throw e;
    }
  }

  private static FarshoreException released(
      Disk disk, ErrorCode code, String message, Exception cause) {
    disk.close();
    String detail = cause.getMessage() == null ? "" : cause.getMessage();
    return new FarshoreException(code, message, Map.of("detail", detail), cause);
  }

  private static MemberRecord readMember(Disk disk, String group, MemberId self)
      throws IOException {
    List<String> names = disk.names();
    if (!names.contains(MemberRecord.NAME)) {
      if (names.stream().anyMatch(n -> LogSegments.isSegment(n) || Snapshots.isSnapshot(n))) {
        throw new MalformedBytesException("there is a log but nothing says whose");
      }
      MemberRecord fresh = MemberRecord.fresh(group, self);
      disk.replace(MemberRecord.NAME, fresh.encode());
      return fresh;
    }
    MemberRecord member = MemberRecord.decode(disk.read(MemberRecord.NAME));
    if (!member.group().equals(group) || !member.self().equals(self)) {
      throw new FarshoreException(
          QuorumErrors.STORE_BELONGS_TO_ANOTHER,
          "the directory holds the log of another member",
          Map.of("member", member.self().value(), "group", member.group()));
    }
    return member;
  }

  private void load() throws IOException {
    Optional<SnapshotEntry> snapshot = snapshots.load();
    NavigableMap<Long, LogEntry> entries = log.load(member.newestSegment());
    if (log.isEmpty()) {
      rollLog();
    }
    long covered = snapshot.map(SnapshotEntry::getIndex).orElse(0L);
    List<LogEntry> after = new ArrayList<>(entries.tailMap(covered, false).values());
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).getIndex() != covered + 1 + i) {
        throw new MalformedBytesException("entries of the log are missing");
      }
    }
    if (member.members().isEmpty()) {
      if (snapshot.isPresent() || !after.isEmpty()) {
        throw new MalformedBytesException("there is a log of a member that never started");
      }
      return;
    }
    restored =
        Optional.of(
            new RestoredRaftState(
                MemberRecord.model()
                    .createRaftEndpointPersistentStateBuilder()
                    .setLocalEndpoint(member.endpoint())
                    .setVoting(member.voting())
                    .build(),
                member.members().get(),
                MemberRecord.model()
                    .createRaftTermPersistentStateBuilder()
                    .setTerm(member.term())
                    .setVotedFor(member.votedFor().map(MemberEndpoint::new).orElse(null))
                    .build(),
                snapshot.orElse(null),
                after));
  }

  @Override
  public Optional<RestoredRaftState> restored() {
    return restored;
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) throws IOException {
    replaceMember(member.withVoting(state.isVoting()));
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) throws IOException {
    if (member.members().isEmpty()) {
      replaceMember(member.withMembers(members));
    }
  }

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState term) throws IOException {
    RaftEndpoint vote = term.getVotedFor();
    replaceMember(
        member.withTerm(term.getTerm(), Optional.ofNullable(vote).map(MemberEndpoint::memberOf)));
  }

  private void replaceMember(MemberRecord next) throws IOException {
    if (!next.equals(member)) {
      disk.replace(MemberRecord.NAME, next.encode());
      member = next;
    }
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) throws IOException {
    for (LogEntry entry : entries) {
      log.append(entry);
    }
  }

  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) {
    snapshots.collect(chunk);
  }

  @Override
  public void truncateLogEntriesFrom(long index) throws IOException {
    log.cutFrom(index);
  }

  @Override
  public void truncateLogEntriesUntil(long index) {
    freeUntil = Math.max(freeUntil, index);
  }

  @Override
  public void deleteSnapshotChunks(long index, int chunks) {
    snapshots.forget(index);
  }

  @Override
  public void flush() throws IOException {
    snapshots.flush();
    log.flush();
    if (log.full()) {
      rollLog();
    }
    if (freeUntil > 0) {
      // MicroRaft asks for this only once the snapshot that covers it is durable.
      log.freeUntil(freeUntil);
      snapshots.freeOlder();
      freeUntil = 0;
    }
  }

  private void rollLog() throws IOException {
    replaceMember(member.withNewestSegment(log.roll()));
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the log file cannot be closed", e);
    } finally {
      disk.close();
    }
  }
}
