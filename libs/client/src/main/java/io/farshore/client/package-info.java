/**
 * JSON over HTTP to a service of Farshore. Knows no framework, so that services, the command line
 * and tests speak in the same way. All types are safe for use by several threads.
 */
@NullMarked
package io.farshore.client;

import org.jspecify.annotations.NullMarked;
