package io.farshore.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a longer list.
 *
 * @param items in the order the resource documents
 * @param continueToken opaque; ask again with {@code ?continue=}; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String continueToken) {}
