package io.farshore.quarkus.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a command answers.
 *
 * @param status for example 202
 * @param location path of the operation's resource
 * @param body written as JSON
 */
public record CommandAnswer(int status, @Nullable String location, Object body) {
  /** 202: the work goes on at {@code location}. */
  public static CommandAnswer accepted(String location, Object body) {
    return new CommandAnswer(202, location, body);
  }

  /** 200: it is done. */
  public static CommandAnswer done(Object body) {
    return new CommandAnswer(200, null, body);
  }
}
