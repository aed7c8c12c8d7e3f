/** Puts a member to work inside the service: configuration, life cycle, logs, metrics, events. */
@NullMarked
package io.farshore.failover.member.quarkus;

import org.jspecify.annotations.NullMarked;
