package io.farshore.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.FarshoreClient;
import io.farshore.testbed.client.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The primary region lives on but cannot be heard, or its guard sleeps. A session straight at its
 * database, opened before the trouble, must not be acknowledged anything once the other region has
 * acknowledged its first write.
 */
class NoSecondWriterSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String HOME = "us-east";
  private static final String REFUGE = "eu-west";

  /** What goes wrong, and how it ends. */
  enum Trouble {
    /** Nothing gets in or out. */
    CUT_OFF {
      @Override
      void begin(World world) {
        world.network().isolate(HOME);
      }

      @Override
      void end(World world) {
        world.network().heal();
      }
    },
    /** It hears the others and cannot answer. */
    MUTE {
      @Override
      void begin(World world) {
        world.network().link(HOME, REFUGE).cut();
        world.network().link(HOME, "witness").cut();
      }

      @Override
      void end(World world) {
        world.network().heal();
      }
    },
    GUARD_ASLEEP {
      @Override
      void begin(World world) {
        world.region(HOME).process("failover-service").pause();
      }

      @Override
      void end(World world) {
        world.region(HOME).process("failover-service").resume();
      }
    },
    GUARD_KILLED {
      @Override
      void begin(World world) {
        world.region(HOME).process("failover-service").kill();
      }

      @Override
      void end(World world) {
        world.region(HOME).process("failover-service").start();
      }
    };

    abstract void begin(World world);

    abstract void end(World world);
  }

  @ParameterizedTest
  @EnumSource
  void anOpenSessionAtTheOldPrimaryIsNotAcknowledgedAfterTheNewOne(Trouble trouble)
      throws Exception {
    try (World world =
        Testbed.regions(HOME, REFUGE)
            .failoverOnly()
            .rtt(Duration.ofMillis(80))
            .named("one-writer")
            .start()) {
      FarshoreClient operator = world.client("operator");
      Ledgers.createNotes(world);
      try (Ledgers.StubbornSession session = new Ledgers.StubbornSession(world, HOME)) {
        Wait.until("the session commits", PATIENCE, () -> session.acknowledgedAt().size() >= 20);

        trouble.begin(world);
        Wait.until("the other database writes", PATIENCE, () -> writes(world));
        long firstThere = System.nanoTime();

        Wait.until(
            "the new holder has renewed its lease three times",
            PATIENCE,
            new Renewals(operator, REFUGE, 3));
        assertThat(session.acknowledgedAt()).allMatch(at -> at - firstThere < 0);

        trouble.end(world);
        Wait.until("the old region says that it is fenced", PATIENCE, () -> fenced(operator));
        assertThat(session.acknowledgedAt()).allMatch(at -> at - firstThere < 0);
        assertThat(operator.leases(REFUGE).getFirst().holder()).isEqualTo(REFUGE);
      }
    }
  }

  /** Whether a commit in the other region is acknowledged, not merely accepted. */
  private static boolean writes(World world) {
    try (Connection connection = Ledgers.connect(world, REFUGE);
        Statement statement = connection.createStatement()) {
      // Bounds the wait for the gate as well: a commit that is cancelled there is not counted.
      connection.setNetworkTimeout(Runnable::run, 2_000);
      statement.execute("INSERT INTO notes (at) VALUES (clock_timestamp())");
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static boolean fenced(FarshoreClient operator) {
    try {
      return operator.regionStatus(HOME).stream()
          .anyMatch(status -> status.role().equals("fenced"));
    } catch (RuntimeException notYet) {
      return false;
    }
  }
}
