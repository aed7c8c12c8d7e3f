package io.farshore.backup.point.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The way to the index. The service starts and works while it is away; the schema is made when it
 * first answers.
 */
@Singleton
@Unremovable
public class IndexConnection {
  private final AgroalDataSource database;
  private final Flyway flyway;
  private final PostgresIndex index;
  private volatile boolean ready;

  @Inject
  IndexConnection(AgroalDataSource database, Flyway flyway) {
    this.database = database;
    this.flyway = flyway;
    this.index = new PostgresIndex(database);
  }

  /** Whether the schema was seen and nothing has failed since. */
  boolean ready() {
    return ready;
  }

  void lost() {
    ready = false;
  }

  PostgresIndex index() {
    return index;
  }

  /** Connects and brings the schema up to date, if that was not done. */
  void prepare() throws SQLException {
    if (ready) {
      return;
    }
    try {
      // Fails within the pool's own time-out; Flyway would try for minutes.
      database.getConnection().close();
      flyway.migrate();
      ready = true;
    } catch (FlywayException e) {
      throw new SQLException("the index's schema cannot be made", e);
    }
  }
}
