package io.farshore.quarkus.security;

/** The roles a token's {@code groups} may name. */
public final class Roles {
  /** Reads everything but audit content. */
  public static final String VIEWER = "viewer";

  /** Gives commands. */
  public static final String OPERATOR = "operator";

  /** Allows what policy does not let one person do alone. */
  public static final String APPROVER = "approver";

  /** Reads audit content. */
  public static final String AUDITOR = "auditor";

  /** A service of Farshore. */
  public static final String SERVICE = "service";

  private Roles() {}
}
