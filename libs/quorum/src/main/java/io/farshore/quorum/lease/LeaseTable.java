package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All leases, as the quorum agrees on them. An immutable value: {@link #decide} answers the table
 * that follows. Knows no time; that a lease has ended is the asker's to know and is made safe by
 * the compare-and-set on its revision.
 */
public final class LeaseTable {
  public static final LeaseTable EMPTY = new LeaseTable(Collections.emptySortedMap());

  private final SortedMap<ApplicationId, Lease> leases;

  private LeaseTable(SortedMap<ApplicationId, Lease> leases) {
    this.leases = Collections.unmodifiableSortedMap(leases);
  }

  /** A table with these rows, one for each application. */
  public static LeaseTable of(Collection<Lease> rows) {
    SortedMap<ApplicationId, Lease> leases = new TreeMap<>();
    rows.forEach(row -> leases.put(row.application(), row));
    return new LeaseTable(leases);
  }

  /** The application's row; {@link Lease#none} if it never had one. */
  public Lease lease(ApplicationId application) {
    Lease lease = leases.get(application);
    return lease == null ? Lease.none(application) : lease;
  }

  /** Every row, ordered by application. */
  public Collection<Lease> leases() {
    return leases.values();
  }

  /** What the command leads to. Pure. */
  public LeaseOutcome decide(LeaseCommand command) {
    Lease lease = lease(command.application());
    return switch (command) {
      case LeaseCommand.Grant grant ->
          grant.expectedRevision() == lease.revision()
              ? new LeaseOutcome.Changed(lease.toGranted(grant.to(), grant.duration()))
              : refused(lease, LeaseOutcome.Reason.REVISION_CHANGED);
      case LeaseCommand.Renew renew ->
          lease.isHeldBy(renew.holder(), renew.epoch())
              ? new LeaseOutcome.Changed(lease.toRenewed())
              : refused(lease, LeaseOutcome.Reason.NOT_THE_HOLDER);
      case LeaseCommand.Release release ->
          lease.isHeldBy(release.holder(), release.epoch())
              ? new LeaseOutcome.Changed(lease.toReleased())
              : refused(lease, LeaseOutcome.Reason.NOT_THE_HOLDER);
    };
  }

  /** The table with the outcome's lease in its place. */
  public LeaseTable with(LeaseOutcome outcome) {
    if (outcome instanceof LeaseOutcome.Refused) {
      return this;
    }
    SortedMap<ApplicationId, Lease> next = new TreeMap<>(leases);
    next.put(outcome.lease().application(), outcome.lease());
    return new LeaseTable(next);
  }

  private static LeaseOutcome refused(Lease lease, LeaseOutcome.Reason reason) {
    return new LeaseOutcome.Refused(lease, reason);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeaseTable table && leases.equals(table.leases);
  }

  @Override
  public int hashCode() {
    return leases.hashCode();
  }

  @Override
  public String toString() {
    return leases.values().toString();
  }
}
