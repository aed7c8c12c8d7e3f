/**
 * The failover service: which applications are protected, who may write, what was observed, and how
 * an application moves when its region is lost.
 */
@NullMarked
package io.farshore.failover;

import org.jspecify.annotations.NullMarked;
