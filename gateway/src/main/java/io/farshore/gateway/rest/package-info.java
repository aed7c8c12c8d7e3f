/** The gateway's API: what it routes by and why. */
@NullMarked
package io.farshore.gateway.rest;

import org.jspecify.annotations.NullMarked;
