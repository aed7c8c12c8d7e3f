/** RFC 6962 hashing, and proofs of inclusion and consistency. Pure. */
@NullMarked
package io.farshore.tlog.merkle;

import org.jspecify.annotations.NullMarked;
