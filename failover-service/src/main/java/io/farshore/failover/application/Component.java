package io.farshore.failover.application;

import java.util.Map;
import java.util.TreeMap;

/**
 * One part of an application.
 *
 * @param name unique within the application
 * @param kind what it is
 * @param settings by kind, in the order of their names
 */
public record Component(String name, ComponentKind kind, Map<String, String> settings) {
  public Component {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
