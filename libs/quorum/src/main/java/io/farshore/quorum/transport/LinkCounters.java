package io.farshore.quorum.transport;

import io.farshore.quorum.QuorumStatus;
import java.util.concurrent.atomic.LongAdder;

/** What the links did, counted. Thread-safe. */
final class LinkCounters {
  final LongAdder sent = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder rejected = new LongAdder();

  QuorumStatus.Traffic traffic() {
    return new QuorumStatus.Traffic(sent.sum(), received.sum(), dropped.sum(), rejected.sum());
  }
}
