package io.farshore.simulation.lease;

import io.farshore.quorum.StateMachine;
import io.farshore.quorum.lease.Lease;
import io.farshore.quorum.lease.LeaseCodec;
import io.farshore.quorum.lease.LeaseCommand;
import io.farshore.quorum.lease.LeaseOutcome;
import io.farshore.quorum.lease.LeaseTable;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import java.util.function.Consumer;

/** A state machine that is nothing but a lease table. */
final class LeaseMachine implements StateMachine {
  private final boolean compareAndSet;
  private final Consumer<Lease> onLease;
  private LeaseTable table = LeaseTable.EMPTY;

  LeaseMachine(boolean compareAndSet, Consumer<Lease> onLease) {
    this.compareAndSet = compareAndSet;
    this.onLease = onLease;
  }

  LeaseTable table() {
    return table;
  }

  @Override
  public byte[] apply(long index, byte[] bytes) {
    LeaseCommand command = LeaseCodec.readCommand(new ByteReader(bytes));
    if (!compareAndSet && command instanceof LeaseCommand.Grant grant) {
      command =
          new LeaseCommand.Grant(
              grant.application(),
              grant.to(),
              grant.duration(),
              table.lease(grant.application()).revision());
    }
    LeaseOutcome outcome = table.decide(command);
    table = table.with(outcome);
    if (outcome instanceof LeaseOutcome.Changed changed) {
      onLease.accept(changed.lease());
    }
    ByteWriter answer = new ByteWriter();
    LeaseCodec.writeOutcome(answer, outcome);
    return answer.toBytes();
  }

  @Override
  public byte[] snapshot() {
    ByteWriter out = new ByteWriter();
    LeaseCodec.writeTable(out, table);
    return out.toBytes();
  }

  @Override
  public void restore(long index, byte[] snapshot) {
    table = LeaseCodec.readTable(new ByteReader(snapshot));
    table.leases().forEach(onLease);
  }
}
