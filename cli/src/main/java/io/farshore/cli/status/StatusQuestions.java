package io.farshore.cli.status;

import io.farshore.cli.service.Services;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import io.farshore.kernel.FarshoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Asks what the status is made of; what does not answer is noted, not fatal. */
final class StatusQuestions {
  private static final Set<String> UNDER_WAY = Set.of("running", "held");

  private final Services services;
  private final List<StatusReport.Silent> silent = new ArrayList<>();

  StatusQuestions(Services services) {
    this.services = services;
  }

  StatusReport ask() {
    Optional<Services.Answered<Page<Application>>> catalogue = catalogue();
    List<RegionStatus> regions =
        collect(
            "failover-service",
            site ->
                List.of(
                    services.get(
                        site, "failover-service", "/v1/region-status", RegionStatus[].class)));
    return new StatusReport(
        catalogue.flatMap(Services.Answered::value).map(Page::items).orElse(List.of()),
        catalogue.map(Services.Answered::site).orElse(null),
        regions,
        best(
            collect("replication-service", "/v1/links", ReplicationLink.class),
            link -> List.of(link.application(), link.component(), link.from(), link.to()),
            Comparator.<ReplicationLink, Boolean>comparing(link -> !link.state().equals("unknown"))
                .thenComparing(ReplicationLink::observedAt)),
        best(
            collect("replication-service", "/v1/exposures", Exposure.class),
            exposure -> List.of(exposure.application(), exposure.region(), exposure.survivor()),
            Comparator.<Exposure, Boolean>comparing(exposure -> exposure.duration() != null)
                .thenComparing(Exposure::observedAt)),
        best(
            collect("backup-service", "/v1/recovery-points?limit=20", RecoveryPoint.class),
            point -> List.of(point.application(), point.component()),
            Comparator.comparing(RecoveryPoint::takenAt)),
        executions(),
        silent.stream().distinct().toList());
  }

  private Optional<Services.Answered<Page<Application>>> catalogue() {
    try {
      return Optional.of(
          services.firstPage("failover-service", "/v1/applications", Application.class));
    } catch (FarshoreException e) {
      silent.add(new StatusReport.Silent("every site", "failover-service", e.code().value()));
      return Optional.empty();
    }
  }

  private List<Execution> executions() {
    try {
      return services
          .firstPage("failover-service", "/v1/executions?limit=10", Execution.class)
          .value()
          .map(Page::items)
          .orElse(List.of())
          .stream()
          .filter(execution -> UNDER_WAY.contains(execution.state()))
          .toList();
    } catch (FarshoreException e) {
      silent.add(new StatusReport.Silent("every site", "failover-service", e.code().value()));
      return List.of();
    }
  }

  private <T> List<T> collect(String service, String path, Class<T> item) {
    return collect(service, site -> services.getPage(site, service, path, item).items());
  }

  private <T> List<T> collect(String service, Function<String, List<T>> question) {
    List<T> all = new ArrayList<>();
    for (Services.Answered<List<T>> answered : services.each(service, question)) {
      answered.value().ifPresent(all::addAll);
      answered
          .failure()
          .ifPresent(
              e -> silent.add(new StatusReport.Silent(answered.site(), service, e.code().value())));
    }
    return all;
  }

  /**
   * Several regions may tell of the same thing: who knows comes before who does not, then the newer
   * word counts. Sorted by what it is.
   */
  private static <T> List<T> best(
      List<T> told, Function<T, List<String>> identity, Comparator<T> order) {
    Map<String, T> best = new TreeMap<>();
    for (T item : told) {
      best.merge(String.join("/", identity.apply(item)), item, BinaryOperator.maxBy(order));
    }
    return List.copyOf(best.values());
  }
}
