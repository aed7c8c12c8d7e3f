package io.farshore.quarkus.security;

import io.farshore.client.ServiceClient;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.trace.TraceContext;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;

/** Calls to other services, made in this service's name and in the current trace. */
@Dependent
public class SecurityBeans {
  @Produces
  @Singleton
  @DefaultBean
  ServiceClient serviceClient(RegionSettings settings) {
    Supplier<String> token =
        settings
            .serviceTokenFile()
            .<Supplier<String>>map(ServiceToken::new)
            .orElse(SecurityBeans::missing);
    return new ServiceClient(token, TraceContext::current);
  }

  private static String missing() {
    throw new FarshoreException(
        ServiceToken.TOKEN_UNUSABLE,
        "This service has no token for calls to others",
        Map.of("property", "farshore.service-token-file"));
  }

  void close(@Disposes ServiceClient client) {
    client.close();
  }
}
