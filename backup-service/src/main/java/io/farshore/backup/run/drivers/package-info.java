/** Reading databases. */
@NullMarked
package io.farshore.backup.run.drivers;

import org.jspecify.annotations.NullMarked;
