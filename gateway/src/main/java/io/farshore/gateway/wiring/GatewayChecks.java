package io.farshore.gateway.wiring;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.Endpoint;
import io.farshore.quarkus.startup.StartupCheck;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a gateway cannot route with, named by property before it takes the first request. */
@Singleton
public class GatewayChecks implements StartupCheck {
  private static final int HEAD_BYTES_MIN = 1024;

  private final GatewayConfig config;
  private final AddressBook book;

  @Inject
  GatewayChecks(GatewayConfig config, AddressBook book) {
    this.config = config;
    this.book = book;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    listen(findings);
    application(findings);
    upstreams(findings);
    config.residency().ifPresent(regions -> regions.forEach(r -> known(r, "residency", findings)));
    config.readOverride().ifPresent(region -> known(region, "read-override", findings));
    numbers(findings);
    durations(findings);
    if (!config.health().path().startsWith("/")) {
      findings.add(severe("health.path", "must begin with a slash"));
    }
    return findings;
  }

  private void listen(List<Finding> findings) {
    try {
      if (!Endpoint.parse(config.listen()).uri().getScheme().equals("tcp")) {
        findings.add(severe("listen", "must be host:port, without a scheme"));
      }
    } catch (IllegalArgumentException e) {
      findings.add(severe("listen", "must be host:port"));
    }
  }

  private void application(List<Finding> findings) {
    try {
      var _ = new ApplicationId(config.application());
    } catch (IllegalArgumentException e) {
      findings.add(severe("application", String.valueOf(e.getMessage())));
    }
  }

  private void upstreams(List<Finding> findings) {
    int found = 0;
    for (RegionId region : book.regions()) {
      Optional<Endpoint> upstream = book.find(region, config.application());
      if (upstream.isPresent()) {
        found++;
        String scheme = upstream.get().uri().getScheme();
        if (!scheme.equals("http")) {
          findings.add(
              Finding.severe(
                  "farshore.endpoints." + region + "." + config.application(),
                  "must be an http URL; the gateway speaks plain HTTP to its upstreams"));
        }
      }
    }
    if (found == 0) {
      findings.add(
          Finding.severe(
              "farshore.endpoints.<region>." + config.application(),
              "is not set for any region; there is nowhere to route to"));
    }
    if (book.regions().stream().noneMatch(r -> book.find(r, "failover-service").isPresent())) {
      findings.add(
          Finding.warning(
              "farshore.endpoints.<region>.failover-service",
              "is not set for any region; the routing table will never change"));
    }
  }

  private void known(RegionId region, String property, List<Finding> findings) {
    if (book.find(region, config.application()).isEmpty()) {
      findings.add(severe(property, region + " has no address for " + config.application()));
    }
  }

  private void numbers(List<Finding> findings) {
    if (config.threads() < 0) {
      findings.add(severe("threads", "must be 0 or more"));
    }
    if (config.requestsMax() < 1) {
      findings.add(severe("requests-max", "must be 1 or more"));
    }
    if (config.headBytesMax() < HEAD_BYTES_MIN) {
      findings.add(severe("head-bytes-max", "must be " + HEAD_BYTES_MIN + " or more"));
    }
  }

  private void durations(List<Finding> findings) {
    positive(config.connectTimeout(), "connect-timeout", findings);
    positive(config.responseTimeout(), "response-timeout", findings);
    positive(config.stallTimeout(), "stall-timeout", findings);
    positive(config.clientIdleTimeout(), "client-idle-timeout", findings);
    positive(config.upstreamIdleTimeout(), "upstream-idle-timeout", findings);
    positive(config.health().interval(), "health.interval", findings);
    positive(config.health().timeout(), "health.timeout", findings);
    if (config.drainTimeout().isNegative()) {
      findings.add(severe("drain-timeout", "must not be negative"));
    }
  }

  private static void positive(Duration duration, String property, List<Finding> findings) {
    if (!duration.isPositive()) {
      findings.add(severe(property, "must be above zero"));
    }
  }

  private static Finding severe(String property, String message) {
    return Finding.severe("farshore.gateway." + property, message);
  }
}
