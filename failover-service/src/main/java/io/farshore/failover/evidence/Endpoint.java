package io.farshore.failover.evidence;

import io.farshore.kernel.ApplicationId;
import org.jspecify.annotations.Nullable;

/**
 * One thing to probe.
 *
 * @param region the member whose region it is in
 * @param kind what it is
 * @param application whose; absent for what all applications of a region share
 */
public record Endpoint(String region, EndpointKind kind, @Nullable ApplicationId application) {
  public static Endpoint control(String region) {
    return new Endpoint(region, EndpointKind.CONTROL, null);
  }

  public static Endpoint gateway(String region) {
    return new Endpoint(region, EndpointKind.GATEWAY, null);
  }

  public static Endpoint database(String region, ApplicationId application) {
    return new Endpoint(region, EndpointKind.DATABASE, application);
  }

  public static Endpoint application(String region, ApplicationId application) {
    return new Endpoint(region, EndpointKind.APPLICATION, application);
  }
}
