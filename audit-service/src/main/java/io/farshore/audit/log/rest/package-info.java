/** The log for its readers. */
@NullMarked
package io.farshore.audit.log.rest;

import org.jspecify.annotations.NullMarked;
