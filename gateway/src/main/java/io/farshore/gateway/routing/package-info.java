/**
 * Where a request goes, and why. Pure: no clock, no network, no framework. {@link
 * io.farshore.gateway.routing.RoutingDecider} is the only place that decides; the proxy and the
 * explanation both read its verdict.
 */
@NullMarked
package io.farshore.gateway.routing;

import org.jspecify.annotations.NullMarked;
