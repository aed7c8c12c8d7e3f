/** The databases of a world: what they are set to, and who may log in to them. */
@NullMarked
package io.farshore.testbed.database;

import org.jspecify.annotations.NullMarked;
