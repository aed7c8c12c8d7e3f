/** The audit log: one writer, durable before anyone is told, without duplicates. */
@NullMarked
package io.farshore.audit.log;

import org.jspecify.annotations.NullMarked;
