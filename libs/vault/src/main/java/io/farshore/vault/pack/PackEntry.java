package io.farshore.vault.pack;

import io.farshore.vault.chunk.ChunkId;

/**
 * Where in a pack a chunk lies.
 *
 * @param chunk which
 * @param ordinal its place among the pack's chunks, from 0; also its nonce
 * @param offset of the sealed bytes, from the beginning of the pack
 * @param sealedBytes length in the pack, with the tag of authentication
 * @param rawBytes length of the content
 * @param codec how the content was compressed
 */
public record PackEntry(
    ChunkId chunk, int ordinal, long offset, int sealedBytes, int rawBytes, Codec codec) {}
