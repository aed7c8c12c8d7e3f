/** A small service made of everything this library offers. */
@NullMarked
package io.farshore.quarkus.app;

import org.jspecify.annotations.NullMarked;
