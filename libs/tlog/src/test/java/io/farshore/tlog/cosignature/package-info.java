@NullMarked
package io.farshore.tlog.cosignature;

import org.jspecify.annotations.NullMarked;
