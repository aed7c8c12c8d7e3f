package io.farshore.postgres.backup;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One archive of a base backup, readable until the next is asked for.
 *
 * @param name as the server says, for example {@code base.tar} or {@code backup_manifest}
 * @param tablespace whose files it holds; absent for the data directory and the manifest
 * @param manifest whether this is the server's manifest (JSON) and not a tar archive
 * @param content its bytes; a broken connection shows as a {@link
 *     io.farshore.kernel.FarshoreException}
 */
public record BackupArchive(
    String name, @Nullable Tablespace tablespace, boolean manifest, InputStream content) {}
