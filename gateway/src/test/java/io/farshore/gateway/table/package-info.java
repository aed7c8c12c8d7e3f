@NullMarked
package io.farshore.gateway.table;

import org.jspecify.annotations.NullMarked;
