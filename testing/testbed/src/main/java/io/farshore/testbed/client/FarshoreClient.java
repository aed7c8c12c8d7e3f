package io.farshore.testbed.client;

import com.fasterxml.jackson.databind.JavaType;
import io.farshore.client.Answer;
import io.farshore.client.Request;
import io.farshore.client.ServiceClient;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.BackupRequest;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.backup.RestoreRequest;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.contracts.failover.LeaseView;
import io.farshore.contracts.failover.RegionEvidence;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.gateway.RouteExplanation;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import io.farshore.kernel.FarshoreException;
import io.farshore.testbed.World;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Speaks to the services of a world as a person with one token. Calls go to a region's services
 * from within that region. Thread-safe.
 */
public final class FarshoreClient {
  private final World world;
  private final ServiceClient client;

  public FarshoreClient(World world, String token) {
    this.world = world;
    this.client = new ServiceClient(() -> token, Optional::empty);
  }

  /** Declares the application at one region's failover service, as soon as a quorum agrees. */
  public void declare(String region, ApplicationSpec spec) {
    URI uri = failover(region, "/v1/applications/" + world.application());
    Wait.until(
        "the application is declared",
        Duration.ofMinutes(1),
        () -> succeeds(() -> client.send(Request.put(uri, spec), Application.class)));
  }

  /** Waits until every region's failover service knows this region as the only writer. */
  public void awaitWriter(String writer, Duration patience) {
    Wait.until(
        writer + " holds the write lease",
        patience,
        () -> world.regions().stream().allMatch(region -> isWriter(region, writer)));
  }

  private boolean isWriter(String asked, String writer) {
    return attempt(() -> leases(asked)).stream()
        .flatMap(List::stream)
        .anyMatch(lease -> !lease.expired() && writer.equals(lease.holder()));
  }

  /** Waits until every gateway lets users read and write. */
  public void awaitRoutes(Duration patience) {
    Wait.until(
        "every gateway routes reads and writes",
        patience,
        () ->
            world.regions().stream()
                .allMatch(region -> isRouted(region, "GET") && isRouted(region, "POST")));
  }

  private boolean isRouted(String region, String method) {
    return attempt(() -> explain(region, method, "/transfers"))
        .filter(explanation -> explanation.outcome().equals("routed"))
        .isPresent();
  }

  public Application application(String region) {
    return get(failover(region, "/v1/applications/" + world.application()), Application.class);
  }

  public List<LeaseView> leases(String region) {
    return list(failover(region, "/v1/leases"), LeaseView.class);
  }

  public List<RegionEvidence> evidence(String region) {
    return list(failover(region, "/v1/evidence"), RegionEvidence.class);
  }

  public List<RegionStatus> regionStatus(String region) {
    return list(failover(region, "/v1/region-status"), RegionStatus.class);
  }

  public List<Execution> executions(String region) {
    return page(failover(region, "/v1/executions"), Execution.class);
  }

  /** Waits until an execution is declared over, and answers it. */
  public Execution awaitCompletedExecution(String region, Duration patience) {
    Wait.until(
        "the failover is declared over", patience, () -> completedExecution(region).isPresent());
    return completedExecution(region).orElseThrow();
  }

  private Optional<Execution> completedExecution(String region) {
    return attempt(() -> executions(region)).stream()
        .flatMap(List::stream)
        .filter(execution -> execution.state().equals("completed"))
        .findFirst();
  }

  public Execution execution(String region, String id) {
    return get(failover(region, "/v1/executions/" + id), Execution.class);
  }

  /** Asks for a failover and answers the execution. */
  public Execution startFailover(String region, FailoverRequest request) {
    URI uri = failover(region, "/v1/applications/" + world.application() + ":failover");
    return post(uri, request, Execution.class);
  }

  /** Lets a held execution go on. */
  public void acknowledge(String region, String execution) {
    URI uri = failover(region, "/v1/executions/" + execution + ":acknowledge");
    post(uri, java.util.Map.of(), Object.class);
  }

  public RouteExplanation explain(String region, String method, String path) {
    return get(
        at(region, "gateway-api", "/v1/routes:explain?method=" + method + "&path=" + path),
        RouteExplanation.class);
  }

  public List<ReplicationLink> links(String region) {
    return page(at(region, "replication-service", "/v1/links"), ReplicationLink.class);
  }

  public List<Exposure> exposures(String region) {
    return page(at(region, "replication-service", "/v1/exposures"), Exposure.class);
  }

  public BackupRun startBackup(String region) {
    BackupRequest request =
        new BackupRequest(world.application(), world.application() + "-database");
    return post(at(region, "backup-service", "/v1/backup-runs"), request, BackupRun.class);
  }

  public BackupRun backupRun(String region, String id) {
    return get(at(region, "backup-service", "/v1/backup-runs/" + id), BackupRun.class);
  }

  public RecoveryPoint recoveryPoint(String region, String id) {
    return get(at(region, "backup-service", "/v1/recovery-points/" + id), RecoveryPoint.class);
  }

  public List<RecoveryPoint> recoveryPoints(String region) {
    return page(at(region, "backup-service", "/v1/recovery-points"), RecoveryPoint.class);
  }

  public Restore startRestore(String region, RestoreRequest request) {
    return post(at(region, "backup-service", "/v1/restores"), request, Restore.class);
  }

  public Restore restore(String region, String id) {
    return get(at(region, "backup-service", "/v1/restores/" + id), Restore.class);
  }

  /** For what has no method of its own here. */
  public <T> T get(URI uri, Class<T> type) {
    return client.get(uri, type, Request.TIMEOUT_DEFAULT).value();
  }

  /** For what has no method of its own here; every call is a command of its own. */
  public <T> T post(URI uri, Object body, Class<T> type) {
    Answer<T> answer = client.send(Request.post(uri, body, UUID.randomUUID().toString()), type);
    return answer.value();
  }

  /** The first page, which holds everything a world has. */
  public <T> List<T> page(URI uri, Class<T> item) {
    JavaType type = client.typeOf(Page.class, item);
    Answer<Page<T>> answer = client.get(uri, type, Request.TIMEOUT_DEFAULT);
    return answer.value().items();
  }

  private <T> List<T> list(URI uri, Class<T> item) {
    Answer<List<T>> answer =
        client.get(uri, client.typeOf(List.class, item), Request.TIMEOUT_DEFAULT);
    return answer.value();
  }

  public URI at(String region, String service, String path) {
    return URI.create(world.uri(region, service) + path);
  }

  private URI failover(String region, String path) {
    return at(region, "failover-service", path);
  }

  private static boolean succeeds(Runnable call) {
    try {
      call.run();
      return true;
    } catch (FarshoreException notYet) {
      return false;
    }
  }

  private static <T> Optional<T> attempt(java.util.function.Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (FarshoreException notYet) {
      return Optional.empty();
    }
  }
}
