package io.farshore.gateway.wiring;

import io.farshore.kernel.RegionId;
import io.farshore.quarkus.region.RegionIdConverter;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** {@code farshore.gateway.*}. */
@StaticInitSafe
@ConfigMapping(prefix = "farshore.gateway")
public interface GatewayConfig {
  /** Host and port of the data plane. */
  String listen();

  /** The application whose requests are routed; also its name in the address book. */
  String application();

  /** The only regions requests may enter; none given: any. */
  Optional<Set<@WithConverter(RegionIdConverter.class) RegionId>> residency();

  /** Where reads go while it is healthy, however far. */
  @WithConverter(RegionIdConverter.class)
  Optional<RegionId> readOverride();

  /** Event loops of the data plane; 0: one for each core. */
  @WithDefault("0")
  int threads();

  /** Requests under way at a time; more are refused at once. */
  @WithDefault("4096")
  int requestsMax();

  /** Request line and header fields of one message, in bytes. */
  @WithDefault("32768")
  int headBytesMax();

  /** To an upstream. */
  @WithDefault("1s")
  Duration connectTimeout();

  /** From the end of a request to the beginning of its response. */
  @WithDefault("15s")
  Duration responseTimeout();

  /** Without a byte in either direction, while a body is under way. */
  @WithDefault("60s")
  Duration stallTimeout();

  /** Of a client's connection without a whole request. */
  @WithDefault("60s")
  Duration clientIdleTimeout();

  /** Of a pooled connection to an upstream; below the upstream's own limit. */
  @WithDefault("15s")
  Duration upstreamIdleTimeout();

  /** For requests under way when the process ends. */
  @WithDefault("5s")
  Duration drainTimeout();

  Health health();

  /** How upstreams are checked. */
  interface Health {
    /** Answered with 200 to 299 by a healthy application. */
    @WithDefault("/q/health/ready")
    String path();

    @WithDefault("1s")
    Duration interval();

    @WithDefault("1s")
    Duration timeout();
  }
}
