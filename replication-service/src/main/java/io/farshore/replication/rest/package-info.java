/** HTTP resources. */
@NullMarked
package io.farshore.replication.rest;

import org.jspecify.annotations.NullMarked;
