/** The audit log as its readers see it. */
@NullMarked
package io.farshore.contracts.audit;

import org.jspecify.annotations.NullMarked;
