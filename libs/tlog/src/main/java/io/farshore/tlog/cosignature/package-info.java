/** Countersignatures of log witnesses over a checkpoint (C2SP cosignature/v1). */
@NullMarked
package io.farshore.tlog.cosignature;

import org.jspecify.annotations.NullMarked;
