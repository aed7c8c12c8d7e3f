/**
 * PostgreSQL (15 to 18) from outside: where it is, how to speak to it, what went wrong. Features
 * lie in the packages below. Every network call has a time-out; passwords appear in no message.
 */
@NullMarked
package io.farshore.postgres;

import org.jspecify.annotations.NullMarked;
