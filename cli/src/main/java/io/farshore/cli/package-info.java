/** {@code farshorectl}: what an operator does at three in the morning. */
@NullMarked
package io.farshore.cli;

import org.jspecify.annotations.NullMarked;
