package io.farshore.audit.log.rest;

/** In which order entries are listed; spelled in lower case in a request. */
public enum EntryOrder {
  OLDEST,
  NEWEST;

  /**
   * Reads a request's parameter.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static EntryOrder fromString(String text) {
    return switch (text) {
      case "oldest" -> OLDEST;
      case "newest" -> NEWEST;
      default -> throw new IllegalArgumentException("order must be oldest or newest");
    };
  }
}
