/** Log lines whose message never changes and whose particulars are fields. */
@NullMarked
package io.farshore.quarkus.log;

import org.jspecify.annotations.NullMarked;
