@NullMarked
package io.farshore.audit.event;

import org.jspecify.annotations.NullMarked;
