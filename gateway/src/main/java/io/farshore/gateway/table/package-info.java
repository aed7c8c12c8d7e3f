/**
 * The routing table: learnt from every failover service that answers, never older than what was
 * known, kept on disk so that a gateway can start when everything else is down.
 */
@NullMarked
package io.farshore.gateway.table;

import org.jspecify.annotations.NullMarked;
