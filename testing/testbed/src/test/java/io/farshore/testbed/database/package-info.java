/** Tests. */
@NullMarked
package io.farshore.testbed.database;

import org.jspecify.annotations.NullMarked;
