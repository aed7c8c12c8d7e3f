/** Roles, this service's own token, and the record of denied access. */
@NullMarked
package io.farshore.quarkus.security;

import org.jspecify.annotations.NullMarked;
