/** Settings, beans and threads. */
@NullMarked
package io.farshore.replication.wiring;

import org.jspecify.annotations.NullMarked;
