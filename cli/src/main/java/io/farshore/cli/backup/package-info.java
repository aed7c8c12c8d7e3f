/** {@code farshorectl backup}: through the service, or with only a repository and its key. */
@NullMarked
package io.farshore.cli.backup;

import org.jspecify.annotations.NullMarked;
