/** Answers for people and for programs. */
@NullMarked
package io.farshore.cli.output;

import org.jspecify.annotations.NullMarked;
