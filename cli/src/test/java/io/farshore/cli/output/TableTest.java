package io.farshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {
  private static String print(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void instantsAreShownToTheSecond() {
    Table table =
        new Table("TAKEN", "SIZE")
            .row(Instant.parse("2026-11-21T15:23:31.538079478Z"), "1 B")
            .row(Instant.parse("2026-11-21T15:24:00Z"), "2 B");

    assertThat(print(table))
        .isEqualToNormalizingNewlines(
            """
            TAKEN                 SIZE
            2026-11-21T15:23:31Z  1 B
            2026-11-21T15:24:00Z  2 B
            """);
  }

  @Test
  void whatIsAbsentIsADash() {
    assertThat(print(new Table("A", "B", "C").row(null, "", 7)))
        .isEqualToNormalizingNewlines("A  B  C\n-  -  7\n");
  }
}
