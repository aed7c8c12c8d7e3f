package io.farshore.quorum.lease;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.RegionId;
import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.MalformedBytesException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Leases, commands and outcomes in bytes, for state machines that hold a {@link LeaseTable}. Equal
 * values have equal bytes. Reading throws {@link MalformedBytesException} on anything else.
 */
public final class LeaseCodec {
  private static final int GRANT = 1;
  private static final int RENEW = 2;
  private static final int RELEASE = 3;
  private static final int CHANGED = 1;
  private static final int REVISION_CHANGED = 2;
  private static final int NOT_THE_HOLDER = 3;

  private LeaseCodec() {}

  public static void writeTable(ByteWriter out, LeaseTable table) {
    out.number(table.leases().size());
    table.leases().forEach(lease -> writeLease(out, lease));
  }

  public static LeaseTable readTable(ByteReader in) {
    List<Lease> leases = new ArrayList<>();
    for (int count = in.count(); count > 0; count--) {
      leases.add(readLease(in));
    }
    return LeaseTable.of(leases);
  }

  public static void writeLease(ByteWriter out, Lease lease) {
    RegionId holder = lease.holder();
    out.text(lease.application().value()).flag(holder != null);
    if (holder != null) {
      out.text(holder.value());
    }
    out.number(lease.epoch().value()).number(lease.duration().toNanos()).number(lease.revision());
  }

  public static Lease readLease(ByteReader in) {
    ApplicationId application = application(in);
    RegionId holder = in.flag() ? region(in) : null;
    Epoch epoch = new Epoch(in.number());
    return new Lease(application, holder, epoch, Duration.ofNanos(in.number()), in.number());
  }

  public static void writeCommand(ByteWriter out, LeaseCommand command) {
    switch (command) {
      case LeaseCommand.Grant grant ->
          out.byteValue(GRANT)
              .text(grant.application().value())
              .text(grant.to().value())
              .number(grant.duration().toNanos())
              .number(grant.expectedRevision());
      case LeaseCommand.Renew renew ->
          out.byteValue(RENEW)
              .text(renew.application().value())
              .text(renew.holder().value())
              .number(renew.epoch().value());
      case LeaseCommand.Release release ->
          out.byteValue(RELEASE)
              .text(release.application().value())
              .text(release.holder().value())
              .number(release.epoch().value());
    }
  }

  public static LeaseCommand readCommand(ByteReader in) {
    int kind = in.byteValue();
    ApplicationId application = application(in);
    RegionId region = region(in);
    return switch (kind) {
      case GRANT -> grant(application, region, Duration.ofNanos(in.number()), in.number());
      case RENEW -> new LeaseCommand.Renew(application, region, new Epoch(in.number()));
      case RELEASE -> new LeaseCommand.Release(application, region, new Epoch(in.number()));
      default -> throw new MalformedBytesException("unknown lease command");
    };
  }

  private static LeaseCommand grant(
      ApplicationId application, RegionId to, Duration duration, long revision) {
    try {
      return new LeaseCommand.Grant(application, to, duration, revision);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("a lease of no sensible length");
    }
  }

  public static void writeOutcome(ByteWriter out, LeaseOutcome outcome) {
    out.byteValue(
        switch (outcome) {
          case LeaseOutcome.Changed ignored -> CHANGED;
          case LeaseOutcome.Refused refused ->
              switch (refused.reason()) {
                case REVISION_CHANGED -> REVISION_CHANGED;
                case NOT_THE_HOLDER -> NOT_THE_HOLDER;
              };
        });
    writeLease(out, outcome.lease());
  }

  public static LeaseOutcome readOutcome(ByteReader in) {
    int kind = in.byteValue();
    Lease lease = readLease(in);
    return switch (kind) {
      case CHANGED -> new LeaseOutcome.Changed(lease);
      case REVISION_CHANGED ->
          new LeaseOutcome.Refused(lease, LeaseOutcome.Reason.REVISION_CHANGED);
      case NOT_THE_HOLDER -> new LeaseOutcome.Refused(lease, LeaseOutcome.Reason.NOT_THE_HOLDER);
      default -> throw new MalformedBytesException("unknown lease outcome");
    };
  }

  private static ApplicationId application(ByteReader in) {
    String name = in.text();
    try {
      return new ApplicationId(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("not an application's name");
    }
  }

  private static RegionId region(ByteReader in) {
    String name = in.text();
    try {
      return new RegionId(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("not a region's name");
    }
  }
}
