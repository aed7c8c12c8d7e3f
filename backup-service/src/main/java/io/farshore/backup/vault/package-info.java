/** Which copies there are and with what keys. */
@NullMarked
package io.farshore.backup.vault;

import org.jspecify.annotations.NullMarked;
