/** Asking services, in one region or in all. */
@NullMarked
package io.farshore.cli.service;

import org.jspecify.annotations.NullMarked;
