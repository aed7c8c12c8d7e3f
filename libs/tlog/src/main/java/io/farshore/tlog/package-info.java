/**
 * A tamper-evident log in C2SP formats: tiles, checkpoints, proofs and cosignatures, readable and
 * verifiable by tools nobody here wrote. Knows no framework and no other part of Farshore but its
 * kernel.
 */
@NullMarked
package io.farshore.tlog;

import org.jspecify.annotations.NullMarked;
