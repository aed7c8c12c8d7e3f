/** The HTTP API of backup runs. */
@NullMarked
package io.farshore.backup.run.rest;

import org.jspecify.annotations.NullMarked;
