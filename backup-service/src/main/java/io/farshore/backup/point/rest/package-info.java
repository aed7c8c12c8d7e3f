/** The HTTP API of recovery points. */
@NullMarked
package io.farshore.backup.point.rest;

import org.jspecify.annotations.NullMarked;
