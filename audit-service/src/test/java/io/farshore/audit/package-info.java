@NullMarked
package io.farshore.audit;

import org.jspecify.annotations.NullMarked;
