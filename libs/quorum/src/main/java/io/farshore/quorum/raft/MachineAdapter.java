package io.farshore.quorum.raft;

import io.farshore.quorum.StateMachine;
import io.farshore.quorum.wire.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state machine as MicroRaft sees it. Lives on the member's thread. */
final class MachineAdapter implements io.microraft.statemachine.StateMachine {
  /** A snapshot travels in pieces of this size, each in one frame. */
  static final int PIECE_BYTES = 256 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final StateMachine machine;
  private final Consumer<Exception> onFailure;
  private volatile long appliedIndex;
  private volatile long snapshotIndex;
  private boolean failed;

  MachineAdapter(StateMachine machine, Consumer<Exception> onFailure) {
    this.machine = machine;
    this.onFailure = onFailure;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  long snapshotIndex() {
    return snapshotIndex;
  }

  @Override
  public Object runOperation(long index, Object operation) {
    if (failed) {
      throw new IllegalStateException("the state machine failed before");
    }
    byte[] answer =
        switch ((Operation) operation) {
          case Operation.NewTerm ignored -> NOTHING;
          case Operation.Command command -> apply(index, command.content());
          case Operation.SnapshotPiece ignored ->
              throw new IllegalArgumentException("a snapshot is not a command");
        };
    appliedIndex = index;
    return answer;
  }

  private byte[] apply(long index, byte[] command) {
    try {
      return machine.apply(index, command);
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  @Override
  public void takeSnapshot(long index, Consumer<Object> pieces) {
    if (failed) {
      throw new IllegalStateException("the state machine failed before");
    }
    byte[] snapshot;
    try {
      snapshot = machine.snapshot();
    } catch (RuntimeException e) {
      throw fail(e);
    }
    int at = 0;
    do {
      int end = Math.min(snapshot.length, at + PIECE_BYTES);
      pieces.accept(new Operation.SnapshotPiece(Arrays.copyOfRange(snapshot, at, end)));
      at = end;
    } while (at < snapshot.length);
    snapshotIndex = index;
  }

  @Override
  public void installSnapshot(long index, List<Object> pieces) {
    List<byte[]> parts = new ArrayList<>();
    int length = 0;
    for (Object piece : pieces) {
      byte[] part = ((Operation.SnapshotPiece) piece).content();
      parts.add(part);
      length = Math.addExact(length, part.length);
    }
    byte[] snapshot = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, snapshot, at, part.length);
      at += part.length;
    }
    try {
      machine.restore(index, snapshot);
    } catch (RuntimeException e) {
      throw fail(e);
    }
    appliedIndex = index;
    snapshotIndex = index;
  }

  @Override
  public @Nullable Object getNewTermOperation() {
    return Operation.NewTerm.INSTANCE;
  }

  private RuntimeException fail(RuntimeException e) {
    failed = true;
    onFailure.accept(e);
    return e;
  }
}
