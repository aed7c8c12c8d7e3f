package io.farshore.gateway.console;

import io.farshore.quarkus.security.Roles;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Who may look: any of the suite's roles, for as long as the token is good. */
@ApplicationScoped
public class ConsoleAccess {
  private static final Set<String> ROLES =
      Set.of(Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR);
  private static final String SCHEME = "Bearer ";

  private final JWTParser parser;
  private final Clock clock;

  @Inject
  ConsoleAccess(JWTParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /** Checks an Authorization header; may read the key from disk. */
  Verdict check(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Verdict.Unknown();
    }
    JsonWebToken token;
    try {
      token = parser.parse(authorization.substring(SCHEME.length()).strip());
    } catch (ParseException e) {
      return new Verdict.Unknown();
    }
    Set<String> groups = token.getGroups();
    if (groups == null || Collections.disjoint(groups, ROLES)) {
      return new Verdict.Forbidden();
    }
    Instant expires = Instant.ofEpochSecond(token.getExpirationTime());
    return new Verdict.Allowed(Duration.between(clock.instant(), expires));
  }

  /** What came of a check. */
  sealed interface Verdict {
    /**
     * @param left until the token ends
     */
    record Allowed(Duration left) implements Verdict {}

    /** No token, or not a good one. */
    record Unknown() implements Verdict {}

    /** A good token without a role that may look. */
    record Forbidden() implements Verdict {}
  }
}
