/** What people see of runs and restores: log lines and metrics. */
@NullMarked
package io.farshore.backup.observe;

import org.jspecify.annotations.NullMarked;
