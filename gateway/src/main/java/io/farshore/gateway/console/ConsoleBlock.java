package io.farshore.gateway.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One part of the page, with how fresh it is.
 *
 * @param data as the service gave it last; absent if it never did
 * @param from the region whose service gave it
 * @param asOf when it was given
 * @param unknownSince set while nobody answers: from when on nothing is known
 * @param error why nobody answers
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConsoleBlock(
    @Nullable JsonNode data,
    @Nullable String from,
    @Nullable Instant asOf,
    @Nullable Instant unknownSince,
    @Nullable String error) {
  /** Longer than the slowest round of questions to every region takes. */
  static final Duration AGE_MAX = Duration.ofSeconds(10);

  static ConsoleBlock never(Instant now) {
    return new ConsoleBlock(null, null, null, now, "not asked yet");
  }

  ConsoleBlock known(JsonNode fresh, String region, Instant now) {
    return new ConsoleBlock(fresh, region, now, null, null);
  }

  /** Keeps what was known, and from when on it may no longer be true. */
  ConsoleBlock unknown(String why, Instant now) {
    Instant since = unknownSince != null ? unknownSince : asOf != null ? asOf : now;
    return new ConsoleBlock(data, from, asOf, since, why);
  }

  /**
   * What may be said of it at {@code now}: an old answer is not today's, be it that nobody looked
   * or that the question hangs.
   */
  ConsoleBlock at(Instant now) {
    return asOf != null && unknownSince == null && asOf.plus(AGE_MAX).isBefore(now)
        ? unknown("no answer since", now)
        : this;
  }
}
