/**
 * Values, identifiers, clocks and error codes shared by every part of Farshore. Depends on the JDK
 * only. All types are immutable and safe for use by several threads unless they say otherwise.
 */
@NullMarked
package io.farshore.kernel;

import org.jspecify.annotations.NullMarked;
