/** Keys, tokens and secrets of one world; made afresh for each. */
@NullMarked
package io.farshore.testbed.identity;

import org.jspecify.annotations.NullMarked;
