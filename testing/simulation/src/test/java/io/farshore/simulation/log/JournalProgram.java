package io.farshore.simulation.log;

import io.farshore.kernel.FarshoreException;
import io.farshore.quorum.Quorum;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.Program;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Proposes numbered commands all the time, through every member, and keeps book of the answers. */
final class JournalProgram implements Program {
  /** What proposers were told, over all members and lives. */
  static final class Book {
    final Set<Long> acknowledged = new LinkedHashSet<>();
    final Set<Long> refused = new LinkedHashSet<>();
    long unknown;
    long next = 1;
  }

  private final Environment environment;
  private final Book book;
  private final Duration period;
  private final Set<Long> applied = new LinkedHashSet<>();

  /**
   * @param period between two proposals
   */
  JournalProgram(Environment environment, Book book, Duration period) {
    this.environment = environment;
    this.book = book;
    this.period = period;
  }

  Set<Long> applied() {
    return applied;
  }

  @Override
  public StateMachine machine() {
    return new StateMachine() {
      @Override
      public byte[] apply(long index, byte[] command) {
        long number = new ByteReader(command).number();
        if (!applied.add(number)) {
          throw new IllegalStateException("a command was applied twice");
        }
        return command;
      }

      @Override
      public byte[] snapshot() {
        ByteWriter out = new ByteWriter().number(applied.size());
        applied.forEach(out::number);
        return out.toBytes();
      }

      @Override
      public void restore(long index, byte[] snapshot) {
        ByteReader in = new ByteReader(snapshot);
        applied.clear();
        for (int count = in.count(); count > 0; count--) {
          applied.add(in.number());
        }
      }
    };
  }

  @Override
  public void start(Quorum quorum) {
    environment.scheduler().schedule(period, () -> propose(quorum));
  }

  private void propose(Quorum quorum) {
    environment.scheduler().schedule(period, () -> propose(quorum));
    long number = book.next++;
    quorum
        .propose(new ByteWriter().number(number).toBytes())
        .whenComplete((answer, failure) -> note(number, answer, failure));
  }

  private void note(long number, byte @Nullable [] answer, @Nullable Throwable failure) {
    if (failure == null && answer != null) {
      if (new ByteReader(answer).number() != number) {
        throw new InvariantBrokenException("a proposal got the answer of another");
      }
      book.acknowledged.add(number);
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof FarshoreException known && known.code().equals(QuorumErrors.QUORUM_LOST)) {
      book.refused.add(number);
    } else {
      book.unknown++;
    }
  }
}
