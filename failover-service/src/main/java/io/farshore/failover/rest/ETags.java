package io.farshore.failover.rest;

import io.farshore.failover.plan.FailoverErrors;
import io.farshore.kernel.FarshoreException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Generations as entity tags. */
final class ETags {
  private static final Pattern FORM = Pattern.compile("\"?(\\d{1,18})\"?");

  private ETags() {}

  static String of(long generation) {
    return "\"" + generation + "\"";
  }

  /** The generation an {@code If-Match} header names; one that names none of ours never matches. */
  static @Nullable Long generation(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      return null;
    }
    Matcher tag = FORM.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new FarshoreException(
          FailoverErrors.GENERATION_CHANGED,
          "If-Match holds no ETag of this resource",
          Map.of("header", "If-Match"));
    }
    return Long.parseLong(tag.group(1));
  }
}
