package io.farshore.simulation;

import io.farshore.kernel.MemberId;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.QuorumStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Directed links between members, each with its delay and loss, each can be cut. Keeps order. */
public final class SimulatedNetwork {
  private static final Duration REACHABLE_WITHIN = Duration.ofSeconds(3);

  private final VirtualTime time;
  private final Random random;
  private final Map<MemberId, Port> ports = new TreeMap<>();
  private final Map<String, Link> links = new HashMap<>();

  SimulatedNetwork(VirtualTime time, Random random) {
    this.time = time;
    this.random = random;
  }

  private static final class Link {
    private Duration delayMin = Duration.ofMillis(35);
    private Duration delayMax = Duration.ofMillis(45);
    private double loss;
    private boolean cut;
    private long lastArrival;
  }

  private Link link(MemberId from, MemberId to) {
    return links.computeIfAbsent(from + ">" + to, name -> new Link());
  }

  /** Cuts one direction; what is under way still arrives. */
  public void cut(MemberId from, MemberId to) {
    link(from, to).cut = true;
  }

  public void delay(MemberId from, MemberId to, Duration min, Duration max) {
    Link link = link(from, to);
    link.delayMin = min;
    link.delayMax = max;
  }

  /**
   * @param share of frames that do not arrive
   */
  public void lose(MemberId from, MemberId to, double share) {
    link(from, to).loss = share;
  }

  /** Whether what is sent from one machine can reach the other and be answered. */
  public boolean connects(MemberId from, MemberId to) {
    return from.equals(to) || (!link(from, to).cut && !link(to, from).cut);
  }

  /** All links whole, with the delay of a continent. */
  public void heal() {
    links
        .values()
        .forEach(
            link -> {
              Link fresh = new Link();
              link.cut = false;
              link.loss = 0;
              link.delayMin = fresh.delayMin;
              link.delayMax = fresh.delayMax;
            });
  }

  /** A new process on a member's machine takes its place in the network. */
  MemberLinks attach(MemberId member) {
    Port port = new Port(member);
    ports.put(member, port);
    return port;
  }

  /** What arrives there from now on is lost. */
  void detach(MemberId member) {
    ports.remove(member);
  }

  private void carry(MemberId from, MemberId to, byte[] frame) {
    Link link = link(from, to);
    if (link.cut || random.nextDouble() < link.loss) {
      return;
    }
    long spread = link.delayMax.toNanos() - link.delayMin.toNanos();
    long delay = link.delayMin.toNanos() + (spread == 0 ? 0 : random.nextLong(spread));
    long arrival = Math.max(link.lastArrival, time.nanos() + delay);
    link.lastArrival = arrival;
    byte[] copy = frame.clone();
    @Nullable Port target = ports.get(to);
    time.at(
        arrival,
        () -> {
          // A connection does not outlive the process it was made to.
          if (target != null && ports.get(to) == target) {
            target.receive(from, copy);
          }
        });
  }

  private final class Port implements MemberLinks {
    private final MemberId self;
    private final Map<MemberId, Long> heard = new TreeMap<>();
    private @Nullable BiConsumer<MemberId, byte[]> receiver;

    Port(MemberId self) {
      this.self = self;
    }

    private void receive(MemberId from, byte[] frame) {
      heard.put(from, time.nanos());
      if (receiver != null) {
        receiver.accept(from, frame);
      }
    }

    @Override
    public void open(BiConsumer<MemberId, byte[]> to) {
      receiver = to;
    }

    @Override
    public void send(MemberId to, byte[] frame) {
      if (ports.get(self) == this) {
        carry(self, to, frame);
      }
    }

    @Override
    public SortedSet<MemberId> reachable() {
      SortedSet<MemberId> reachable = new TreeSet<>();
      heard.forEach(
          (member, at) -> {
            if (time.nanos() - at <= REACHABLE_WITHIN.toNanos()) {
              reachable.add(member);
            }
          });
      return reachable;
    }

    @Override
    public QuorumStatus.Traffic traffic() {
      return QuorumStatus.Traffic.NONE;
    }

    @Override
    public void close() {
      if (ports.get(self) == this) {
        detach(self);
      }
    }
  }
}
