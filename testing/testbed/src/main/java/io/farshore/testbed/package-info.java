/**
 * Two regions and a witness on one machine: real processes, real faults. Start at {@link
 * io.farshore.testbed.Testbed}.
 */
@NullMarked
package io.farshore.testbed;

import org.jspecify.annotations.NullMarked;
