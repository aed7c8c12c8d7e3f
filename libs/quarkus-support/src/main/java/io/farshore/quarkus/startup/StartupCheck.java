package io.farshore.quarkus.startup;

import java.util.List;

/**
 * Looks at the configuration before work begins. Every bean of this type is asked once, at start.
 */
public interface StartupCheck {
  /** What is wrong; empty if nothing is. Must not wait for the network. */
  List<Finding> findings();

  /**
   * One thing that is wrong.
   *
   * @param severity whether the process may go on
   * @param property the configuration property to change
   * @param message what is wrong and what would be right; never a secret
   */
  record Finding(Severity severity, String property, String message) {
    public static Finding severe(String property, String message) {
      return new Finding(Severity.SEVERE, property, message);
    }

    public static Finding warning(String property, String message) {
      return new Finding(Severity.WARNING, property, message);
    }
  }

  /** Whether the process may go on. */
  enum Severity {
    /** Logged; the process goes on. */
    WARNING,
    /** The process ends. */
    SEVERE
  }
}
