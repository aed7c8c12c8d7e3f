/** The HTTP API of restores. */
@NullMarked
package io.farshore.backup.restore.rest;

import org.jspecify.annotations.NullMarked;
