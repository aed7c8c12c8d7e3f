/**
 * One member of the quorum at work: it observes, guards its region's databases, and, while it
 * leads, executes plans. Knows no framework; everything it needs comes in through ports.
 */
@NullMarked
package io.farshore.failover.member;

import org.jspecify.annotations.NullMarked;
