/** The client against a server that misbehaves. */
@NullMarked
package io.farshore.client;

import org.jspecify.annotations.NullMarked;
