package io.farshore.vault.restore;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.chunk.ChunkId;
import io.farshore.vault.copy.ObjectName;
import java.util.Optional;

/**
 * Something that could not be read from a copy as it should.
 *
 * @param copy which copy
 * @param object the damaged or missing object, if one is known
 * @param chunk the chunk that was wanted, if it was for one
 * @param reason what is wrong
 */
public record Damage(
    String copy, Optional<ObjectName> object, Optional<ChunkId> chunk, FarshoreException reason) {}
