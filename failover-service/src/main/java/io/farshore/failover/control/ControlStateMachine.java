package io.farshore.failover.control;

import io.farshore.quorum.StateMachine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Feeds agreed commands to {@link ControlTransitions} and keeps the state. {@link #state()} may be
 * read by any thread; the rest is called by the member's Raft thread.
 */
public final class ControlStateMachine implements StateMachine {
  private final ControlJson json;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile ControlState state = ControlState.EMPTY;

  public ControlStateMachine(ControlJson json) {
    this.json = json;
  }

  /** What this member has applied. */
  public ControlState state() {
    return state;
  }

  /** Called after every change, on the Raft thread: must be quick. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public byte[] apply(long index, byte[] command) {
    ControlTransitions.Applied applied =
        ControlTransitions.apply(state, index, json.read(command, ControlCommand.class));
    state = applied.state();
    listeners.forEach(Runnable::run);
    return json.write(applied.outcome());
  }

  @Override
  public byte[] snapshot() {
    return json.write(StoredState.of(state));
  }

  @Override
  public void restore(long index, byte[] snapshot) {
    state = json.read(snapshot, StoredState.class).toState().at(index);
    listeners.forEach(Runnable::run);
  }
}
