package io.farshore.replication.peer;

import io.farshore.client.ServiceClient;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.log.KeyedLog;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the region's failover-service says of the watched applications: objective and epoch. The
 * last answer stays: an objective does not change because nobody answers. Thread-safe.
 */
public final class Catalogue {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final KeyedLog LOG = KeyedLog.of(Catalogue.class);

  private final ServiceClient client;
  private final RegionId here;
  private final Map<ApplicationId, Application> answers = new ConcurrentHashMap<>();

  public Catalogue(ServiceClient client, RegionId here) {
    this.client = client;
    this.here = here;
  }

  /**
   * Asks for an application.
   *
   * @param resource {@code /v1/applications/{name}} of the region's failover-service
   */
  public void ask(ApplicationId application, URI resource) {
    try {
      client
          .get(resource, Application.class, TIMEOUT)
          .body()
          .ifPresent(answer -> answers.put(application, answer));
    } catch (FarshoreException e) {
      LOG.with("application", application)
          .with("error", e.describe())
          .debug("The catalogue does not answer");
    }
  }

  /** The recovery point objective, if the catalogue told one. */
  public Optional<Duration> objective(ApplicationId application) {
    return Optional.ofNullable(answers.get(application))
        .map(answer -> answer.spec().recoveryPointObjective());
  }

  /** The epoch of the lease this region holds, if the catalogue said it does. */
  public Optional<Epoch> epoch(ApplicationId application) {
    return lease(application)
        .filter(lease -> here.value().equals(lease.holder()))
        .map(LeaseView::epoch)
        .map(Epoch::new);
  }

  /** Whether the catalogue said that another region holds the lease. */
  public boolean writesElsewhere(ApplicationId application) {
    return lease(application)
        .map(LeaseView::holder)
        .filter(holder -> !holder.equals(here.value()))
        .isPresent();
  }

  private Optional<LeaseView> lease(ApplicationId application) {
    return Optional.ofNullable(answers.get(application)).map(answer -> answer.status().lease());
  }
}
