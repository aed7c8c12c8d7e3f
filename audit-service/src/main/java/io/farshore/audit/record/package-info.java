/** What is logged: OCSF records, in a stable form. */
@NullMarked
package io.farshore.audit.record;

import org.jspecify.annotations.NullMarked;
