/** The repository as a whole: its copies, what lies in them, and what can be done with it. */
@NullMarked
package io.farshore.vault.repository;

import org.jspecify.annotations.NullMarked;
