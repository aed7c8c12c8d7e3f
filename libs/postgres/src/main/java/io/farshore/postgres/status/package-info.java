/** What a server is, how far it is, and making a replica a primary. */
@NullMarked
package io.farshore.postgres.status;

import org.jspecify.annotations.NullMarked;
