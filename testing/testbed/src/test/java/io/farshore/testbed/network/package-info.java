/** Tests. */
@NullMarked
package io.farshore.testbed.network;

import org.jspecify.annotations.NullMarked;
