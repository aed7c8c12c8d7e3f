package io.farshore.gateway.proxy;

import io.farshore.gateway.routing.RoutingDecision.Routed;
import io.farshore.kernel.RegionId;
import io.netty.util.AsciiString;

/**
 * A decision made ready for use on one event loop: the bytes it adds to messages and the pool it
 * draws from.
 *
 * @param decision what was decided
 * @param region where this leg leads; the decision's region or one of its alternatives
 * @param pool connections to it
 * @param requestLines header lines for the upstream
 * @param responseLines header lines for the client
 * @param meters what to count
 */
record Leg(
    Routed decision,
    RegionId region,
    UpstreamPool pool,
    AsciiString requestLines,
    AsciiString responseLines,
    RegionMeters meters) {
  static Leg of(Routed decision, RegionId region, UpstreamPool pool, RegionMeters meters) {
    String epoch = "Farshore-Epoch: " + decision.epoch() + "\r\n";
    String response =
        "Farshore-Region: "
            + region
            + "\r\n"
            + epoch
            + (decision.failOpen() ? "Farshore-Fail-Open: true\r\n" : "");
    return new Leg(
        decision, region, pool, new AsciiString(epoch), new AsciiString(response), meters);
  }
}
