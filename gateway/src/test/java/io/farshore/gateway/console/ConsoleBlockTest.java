package io.farshore.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleBlockTest {
  private static final Instant THEN = Instant.parse("2026-11-21T12:00:00Z");

  private final ConsoleBlock known =
      ConsoleBlock.never(THEN.minusSeconds(60)).known(TextNode.valueOf("x"), "us-east", THEN);

  @Test
  void an_answer_of_just_now_stands() {
    assertThat(known.at(THEN.plus(ConsoleBlock.AGE_MAX))).isEqualTo(known);
  }

  @Test
  void an_old_answer_is_unknown_since_it_was_given() {
    ConsoleBlock old = known.at(THEN.plus(ConsoleBlock.AGE_MAX).plusMillis(1));

    assertThat(old.unknownSince()).isEqualTo(THEN);
    assertThat(old.data()).isEqualTo(known.data());
    assertThat(old.error()).isNotBlank();
  }

  @Test
  void what_is_unknown_keeps_its_time_and_reason() {
    ConsoleBlock unknown = known.unknown("status 503", THEN.plusSeconds(1));
    ConsoleBlock never = ConsoleBlock.never(THEN);

    assertThat(unknown.at(THEN.plusSeconds(3600))).isEqualTo(unknown);
    assertThat(never.at(THEN.plusSeconds(3600))).isEqualTo(never);
  }
}
