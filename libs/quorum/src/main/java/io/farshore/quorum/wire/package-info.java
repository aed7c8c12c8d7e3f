/**
 * The compact binary form of what members say to each other and what they store. Every length is
 * checked before it is believed; nothing is reflected upon.
 */
@NullMarked
package io.farshore.quorum.wire;

import org.jspecify.annotations.NullMarked;
