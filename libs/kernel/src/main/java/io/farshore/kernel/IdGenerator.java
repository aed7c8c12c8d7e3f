package io.farshore.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes identifiers that sort by the time they were made. Implementations are thread-safe. */
public interface IdGenerator {
  UUID next();

  /** UUID version 7 (RFC 9562 section 5.7): 48 bits of {@code clock}'s milliseconds, 74 random. */
  static IdGenerator timeOrdered(Clock clock) {
    SecureRandom random = new SecureRandom();
    return () -> {
      long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
      long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    };
  }
}
