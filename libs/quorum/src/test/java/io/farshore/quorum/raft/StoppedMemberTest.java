package io.farshore.quorum.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.JournalMachine;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.QuorumStatus;
import io.farshore.quorum.StateMachine;
import io.farshore.quorum.store.FileRaftStore;
import io.farshore.quorum.store.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member alone in its quorum, and what makes it stop. */
class StoppedMemberTest {
  private static final MemberId SELF = new MemberId("us-east");
  private static final SortedSet<MemberId> ALONE = new TreeSet<>(List.of(SELF));

  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
  private @Nullable RaftQuorum opened;

  private RaftQuorum start(StateMachine machine) throws Exception {
    return start(QuorumSettings.of("group", SELF, ALONE), machine);
  }

  private RaftQuorum start(QuorumSettings settings, StateMachine machine) throws Exception {
    RaftQuorum quorum =
        RaftQuorum.start(
            settings,
            machine,
            new RaftQuorum.Parts(
                new NoLinks(),
                new MemberThread("test"),
                FileRaftStore.open(disk, "group", SELF),
                MonotonicClock.system(),
                new Random(1)));
    opened = quorum;
    quorum.started().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return quorum;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private RaftQuorum quorum() {
    return Objects.requireNonNull(opened);
  }

  private byte[] propose(String command) throws Exception {
    return quorum()
        .propose(command.getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private void failsToPropose() {
    assertThatThrownBy(() -> propose("more"))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FarshoreException.class);
  }

  @Test
  void a_full_disk_stops_the_member_and_its_status_says_so() throws Exception {
    JournalMachine machine = new JournalMachine();
    start(machine);
    assertThat(propose("one")).isNotEmpty();
    disk.fill(true);

    failsToPropose();

    assertThat(quorum().status().health()).isEqualTo(QuorumStatus.Health.STOPPED);
    assertThat(quorum().status().fault())
        .hasValueSatisfying(why -> assertThat(why).contains("space"));
    assertThat(quorum().leader()).isEmpty();
    assertThat(machine.commands()).containsExactly("one");
  }

  @Test
  void what_a_full_disk_did_not_take_is_not_there_after_the_restart() throws Exception {
    start(new JournalMachine());
    assertThat(propose("one")).isNotEmpty();
    disk.fill(true);
    failsToPropose();
    quorum().close();
    disk.fill(false);
    JournalMachine machine = new JournalMachine();

    start(machine);

    assertThat(propose("two")).isNotEmpty();
    assertThat(machine.commands()).containsExactly("one", "two");
  }

  @Test
  void a_state_machine_that_throws_stops_the_member() throws Exception {
    start(
        new StateMachine() {
          @Override
          public byte[] apply(long index, byte[] command) {
            throw new IllegalStateException("a defect");
          }

          @Override
          public byte[] snapshot() {
            return new byte[0];
          }

          @Override
          public void restore(long index, byte[] snapshot) {}
        });

    failsToPropose();

    assertThat(quorum().status().health()).isEqualTo(QuorumStatus.Health.STOPPED);
    assertThat(quorum().status().fault())
        .hasValueSatisfying(
            why -> assertThat(why).startsWith(QuorumErrors.STATE_MACHINE_FAILED.value()));
  }

  @Test
  void a_directory_written_for_other_members_is_refused() throws Exception {
    start(new JournalMachine());
    quorum().close();
    QuorumSettings others =
        QuorumSettings.of("group", SELF, new TreeSet<>(List.of(SELF, new MemberId("eu-west"))));

    assertThatThrownBy(() -> start(others, new JournalMachine()))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code()).isEqualTo(QuorumErrors.STORE_BELONGS_TO_ANOTHER));
  }

  @Test
  void a_command_above_the_limit_is_refused() throws Exception {
    start(new JournalMachine());

    assertThatThrownBy(
            () ->
                quorum()
                    .propose(new byte[QuorumSettings.COMMAND_BYTES_MAX + 1])
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.code()).isEqualTo(QuorumErrors.MESSAGE_TOO_LARGE));
  }

  @Test
  void a_closed_member_says_that_it_is() throws Exception {
    start(new JournalMachine());
    quorum().close();
    quorum().close();

    failsToPropose();
    assertThat(quorum().status().health()).isEqualTo(QuorumStatus.Health.STOPPED);
  }

  @Test
  void a_member_hears_its_own_messages_and_calls() throws Exception {
    start(new JournalMachine());
    CountDownLatch heard = new CountDownLatch(1);
    quorum().subscribe("topic", (from, message) -> heard.countDown());
    quorum().serve("echo", (from, request) -> CompletableFuture.completedFuture(request));

    quorum().send(SELF, "topic", new byte[0]);

    assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(
            quorum()
                .call(SELF, "echo", new byte[3], Duration.ofSeconds(1))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS))
        .hasSize(3);
  }

  /** There is nobody to talk to. */
  private static final class NoLinks implements MemberLinks {
    @Override
    public void open(BiConsumer<MemberId, byte[]> receiver) {}

    @Override
    public void send(MemberId to, byte[] frame) {}

    @Override
    public SortedSet<MemberId> reachable() {
      return new TreeSet<>();
    }

    @Override
    public QuorumStatus.Traffic traffic() {
      return QuorumStatus.Traffic.NONE;
    }

    @Override
    public void close() {}
  }
}
