/**
 * Real PostgreSQL servers for tests, the testbed and benches: unpacked, started, paused, killed.
 * Linux only. Types are safe for use by several threads unless they say otherwise.
 */
@NullMarked
package io.farshore.testing.postgres;

import org.jspecify.annotations.NullMarked;
