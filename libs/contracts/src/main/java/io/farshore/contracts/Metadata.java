package io.farshore.contracts;

import java.util.Map;

/**
 * What every declared resource carries.
 *
 * @param name unique within its kind
 * @param labels free to use by people
 * @param generation rises by one with each change of the spec
 */
public record Metadata(String name, Map<String, String> labels, long generation) {}
