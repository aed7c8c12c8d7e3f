/**
 * The network between sites: one link for each direction, with faults that can be switched on and
 * off.
 */
@NullMarked
package io.farshore.testbed.network;

import org.jspecify.annotations.NullMarked;
