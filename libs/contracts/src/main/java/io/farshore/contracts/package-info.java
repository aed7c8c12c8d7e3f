/**
 * What crosses a boundary between services, and nothing else. Plain records of JDK types: names are
 * strings here and become validated kernel values inside a service. Written as JSON with camel-case
 * fields, RFC 3339 instants and ISO 8601 durations. Unknown fields are ignored by readers; fields
 * are added, never renamed or given a new meaning, within {@code v1}.
 */
@NullMarked
package io.farshore.contracts;

import org.jspecify.annotations.NullMarked;
