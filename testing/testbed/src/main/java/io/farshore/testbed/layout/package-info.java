/** Where things lie: the built suite, a world's directory, ports and addresses. */
@NullMarked
package io.farshore.testbed.layout;

import org.jspecify.annotations.NullMarked;
