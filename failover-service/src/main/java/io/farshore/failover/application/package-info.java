/** The catalogue: applications, their objectives and how they may move. Pure. */
@NullMarked
package io.farshore.failover.application;

import org.jspecify.annotations.NullMarked;
