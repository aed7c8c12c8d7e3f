/** The gateway beside HAProxy and nginx: processor time for each request, small answers. */
@NullMarked
package io.farshore.bench.gateway;

import org.jspecify.annotations.NullMarked;
