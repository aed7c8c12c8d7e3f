package io.farshore.simulation.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.MemberId;
import io.farshore.simulation.InvariantBrokenException;
import io.farshore.simulation.Nemesis;
import io.farshore.simulation.SimulatedMember;
import io.farshore.simulation.SimulatedWorld;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The log under load and faults: nothing acknowledged is lost, nothing refused is done. */
class JournalSimTest {
  private static final List<MemberId> MEMBERS =
      List.of(new MemberId("us-east"), new MemberId("eu-west"), new MemberId("witness"));

  private static final int SEEDS_DEFAULT = 21;

  /** Between two proposals of one member: at leisure, and so fast that the leader refuses some. */
  private static final List<Duration> PERIODS =
      List.of(Duration.ofMillis(500), Duration.ofMillis(150), Duration.ofMillis(40));

  private static final Duration STORM = Duration.ofSeconds(60);
  private static final Duration CALM_AFTER = Duration.ofSeconds(60);

  @Test
  void acknowledged_commands_survive_and_refused_ones_never_happen() {
    Long one = Long.getLong("sim.seed");
    LongStream seeds =
        one != null
            ? LongStream.of(one)
            : LongStream.range(0, Integer.getInteger("sim.seeds", SEEDS_DEFAULT));
    seeds.forEach(JournalSimTest::run);
  }

  private static void run(long seed) {
    JournalProgram.Book book = new JournalProgram.Book();
    Duration period = PERIODS.get((int) (seed % PERIODS.size()));
    SimulatedWorld world =
        new SimulatedWorld(
            seed, MEMBERS, 1.0 / 200, environment -> new JournalProgram(environment, book, period));
    Nemesis nemesis = new Nemesis(world);
    try {
      nemesis.start();
      world.run(STORM);
      nemesis.stop();
      world.heal();
      long afterStorm = book.next;
      world.require(
          "every member applied something proposed after the storm",
          CALM_AFTER,
          () ->
              world.members().stream()
                  .allMatch(
                      member -> applied(member).stream().anyMatch(number -> number > afterStorm)));
    } catch (InvariantBrokenException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
    // The newest acknowledgements may not have reached every member yet.
    Set<Long> everywhere = new HashSet<>();
    world.members().forEach(member -> everywhere.addAll(applied(member)));
    assertThat(book.acknowledged).as("seed %d", seed).isNotEmpty();
    assertThat(book.acknowledged.stream().filter(number -> !everywhere.contains(number)))
        .as("acknowledged and lost, seed %d", seed)
        .isEmpty();
    assertThat(book.refused.stream().filter(everywhere::contains))
        .as("refused and done, seed %d", seed)
        .isEmpty();
  }

  private static Set<Long> applied(SimulatedMember member) {
    return member.program().map(program -> ((JournalProgram) program).applied()).orElse(Set.of());
  }
}
