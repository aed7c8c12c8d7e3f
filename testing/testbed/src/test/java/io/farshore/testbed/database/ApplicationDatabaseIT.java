package io.farshore.testbed.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.testbed.client.Wait;
import io.farshore.testbed.identity.WorldIdentity;
import io.farshore.testbed.layout.AddressBook;
import io.farshore.testbed.layout.Ports;
import io.farshore.testbed.network.Network;
import io.farshore.testbed.process.PostgresProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationDatabaseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void standbyFollowsOverTheNetworkAndCatchesUpAfterACut(@TempDir Path temporary) throws Exception {
    WorldIdentity identity = new WorldIdentity(Files.createDirectory(temporary.resolve("id")));
    DatabaseRoles roles = DatabaseRoles.of("ledger", identity);
    ApplicationDatabase database = new ApplicationDatabase("ledger", roles);
    try (Network network = new Network()) {
      AddressBook addresses = new AddressBook(new Ports(new Random()), network);
      Path east = Files.createDirectory(temporary.resolve("east"));
      Path west = Files.createDirectory(temporary.resolve("west"));
      PostgresProcess primary =
          database.process("east", east, addresses.port("east", "ledger-database"), "super");
      PostgresProcess standby =
          database.process("west", west, addresses.port("west", "ledger-database"), "super");
      try {
        database.createPrimary(primary);
        database.createStandby(primary, standby, addresses.port("west", "east", "ledger-database"));
        primary.server().execute("ledger", "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)");
        Wait.until("the row arrived", PATIENCE, () -> rows(standby) == 1);

        network.cut("east", "west");
        primary.server().execute("ledger", "INSERT INTO t VALUES (2)");
        assertThat(rows(standby)).isEqualTo(1);
        network.heal();

        Wait.until("the second row arrived", PATIENCE, () -> rows(standby) == 2);
        try (Connection application =
            standby
                .server()
                .connect("ledger", roles.application().user(), roles.application().password())) {
          assertThat(application.isValid(5)).isTrue();
        }
      } finally {
        standby.kill();
        primary.kill();
      }
    }
  }

  private static long rows(PostgresProcess process) {
    try (Connection connection = process.server().connect("ledger");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException notYetReplicated) {
      return -1;
    }
  }
}
