@NullMarked
package io.farshore.audit.log;

import org.jspecify.annotations.NullMarked;
