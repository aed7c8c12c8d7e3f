/** Base backups over the replication protocol, without pg_basebackup. */
@NullMarked
package io.farshore.postgres.backup;

import org.jspecify.annotations.NullMarked;
