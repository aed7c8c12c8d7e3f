/**
 * The few file operations a log needs, as a port, so that every one of them can be made to fail.
 */
@NullMarked
package io.farshore.tlog.disk;

import org.jspecify.annotations.NullMarked;
