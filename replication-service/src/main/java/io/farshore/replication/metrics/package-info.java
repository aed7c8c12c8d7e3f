/** What monitoring sees. */
@NullMarked
package io.farshore.replication.metrics;

import org.jspecify.annotations.NullMarked;
