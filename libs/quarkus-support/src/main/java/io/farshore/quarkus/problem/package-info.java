/** Failures as RFC 9457 problem documents. */
@NullMarked
package io.farshore.quarkus.problem;

import org.jspecify.annotations.NullMarked;
