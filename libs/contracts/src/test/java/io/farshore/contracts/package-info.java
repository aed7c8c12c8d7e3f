/** What crosses a boundary stays readable. */
@NullMarked
package io.farshore.contracts;

import org.jspecify.annotations.NullMarked;
