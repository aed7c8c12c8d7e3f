/**
 * Carries the quorum's messages over TCP with Vert.x: one connection for each direction between two
 * members, authenticated by a shared secret, optionally inside TLS.
 */
@NullMarked
package io.farshore.quorum.transport;

import org.jspecify.annotations.NullMarked;
