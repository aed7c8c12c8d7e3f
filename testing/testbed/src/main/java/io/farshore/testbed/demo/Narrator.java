package io.farshore.testbed.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the story, each line with the time since its beginning; in colour on a terminal only. */
final class Narrator {
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String FAINT = "\u001b[2m";
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final boolean colours;
  private final long began = System.nanoTime();

  Narrator(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  static Narrator ofTerminal() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Narrator(System.out, terminal && System.getenv("NO_COLOR") == null);
  }

  /** A new chapter. */
  synchronized void chapter(String text) {
    line(BOLD, text);
  }

  /** Something that happened. */
  synchronized void tell(String text) {
    line("", "  " + text);
  }

  /** Something that was checked and found good. */
  synchronized void good(String text) {
    line(GREEN, "  ✓ " + text);
  }

  /** Something that must not be. */
  synchronized void bad(String text) {
    line(RED, "  ✗ " + text);
  }

  private void line(String colour, String text) {
    double seconds = (System.nanoTime() - began) / 1e9;
    String time = String.format(Locale.ROOT, "%6.1f s", seconds);
    out.println(paint(FAINT, time) + "  " + paint(colour, text));
  }

  /** The closing table. */
  synchronized void table(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    out.println();
    for (Row row : rows) {
      String name = String.format(Locale.ROOT, "  %-" + width + "s", row.name());
      out.println(paint(FAINT, name) + "  " + row.value());
    }
    out.println();
  }

  private String paint(String colour, String text) {
    return colours && !colour.isEmpty() ? colour + text + RESET : text;
  }

  /** Seconds with two digits, or a dash for what is not known. */
  static String seconds(@Nullable Duration duration) {
    return duration == null ? "–" : String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
  }

  record Row(String name, String value) {}
}
