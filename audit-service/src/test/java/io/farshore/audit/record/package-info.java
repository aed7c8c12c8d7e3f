@NullMarked
package io.farshore.audit.record;

import org.jspecify.annotations.NullMarked;
