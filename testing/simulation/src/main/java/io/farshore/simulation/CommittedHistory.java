package io.farshore.simulation;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.StateMachine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every member ever applied, compared as it happens: at one position all members, in all their
 * lives, apply the same command and come to the same state. So nothing committed is ever lost.
 */
final class CommittedHistory {
  /** Comparing a large state at every position would take most of the run. */
  private static final int STATE_EVERY = 8;

  private final Map<Long, Integer> commands = new HashMap<>();
  private final Map<Long, Integer> states = new HashMap<>();
  private long lastIndex;
  private @Nullable InvariantBrokenException broken;

  /**
   * @throws InvariantBrokenException if members ever differed; here, because the quorum takes what
   *     a state machine throws for a failure of that machine
   */
  void check() {
    if (broken != null) {
      throw broken;
    }
  }

  long lastIndex() {
    return lastIndex;
  }

  /** The machine, watched. */
  StateMachine watch(MemberId member, StateMachine machine) {
    return new StateMachine() {
      private long applied;

      @Override
      public byte[] apply(long index, byte[] command) {
        if (index <= applied) {
          throw broken(member, index, "applied positions must rise");
        }
        applied = index;
        byte[] answer = machine.apply(index, command);
        same(commands, index, Arrays.hashCode(command), member, "two commands at one position");
        if (index % STATE_EVERY == 0) {
          int state = Arrays.hashCode(machine.snapshot());
          same(states, index, state, member, "two states at one position");
        }
        lastIndex = Math.max(lastIndex, index);
        return answer;
      }

      @Override
      public byte[] snapshot() {
        return machine.snapshot();
      }

      @Override
      public void restore(long index, byte[] snapshot) {
        machine.restore(index, snapshot);
        applied = index;
        if (!Arrays.equals(snapshot, machine.snapshot())) {
          throw broken(member, index, "a restored state must be the one that was saved");
        }
      }
    };
  }

  private void same(Map<Long, Integer> known, long index, int now, MemberId member, String what) {
    Integer before = known.putIfAbsent(index, now);
    if (before != null && before != now) {
      throw broken(member, index, what);
    }
  }

  private InvariantBrokenException broken(MemberId member, long index, String what) {
    InvariantBrokenException found =
        new InvariantBrokenException(what + " (member " + member + ", position " + index + ")");
    broken = broken == null ? found : broken;
    return found;
  }
}
