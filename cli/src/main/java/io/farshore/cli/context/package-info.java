/** Where the services are and who asks: the context file. */
@NullMarked
package io.farshore.cli.context;

import org.jspecify.annotations.NullMarked;
