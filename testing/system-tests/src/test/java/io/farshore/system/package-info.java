/** The promises to users, kept by real processes on the testbed while parts of it are killed. */
@NullMarked
package io.farshore.system;

import org.jspecify.annotations.NullMarked;
