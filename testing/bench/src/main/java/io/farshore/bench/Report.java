package io.farshore.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param series shown as a table
 * @param notes shown below it: what was left out and why, what the numbers do not say
 * @param numbers the last line, as flat JSON: snake case, the unit at the end of a name
 * @param violations what must not have happened; the exit status tells
 */
public record Report(
    List<Series> series, List<String> notes, Map<String, Object> numbers, List<String> violations) {

  /** As it is shown to people, the flat JSON last. */
  public String text() {
    int width = series.stream().mapToInt(each -> each.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n  %-" + width + "s  %10s  %10s  %10s  %10s  %10s  %-6s %4s%n",
            "",
            "median",
            "25 %",
            "75 %",
            "min",
            "max",
            "unit",
            "n"));
    series.forEach(each -> text.append(each.row(width)).append('\n'));
    notes.forEach(note -> text.append("\n  ").append(note));
    violations.forEach(violation -> text.append("\n  VIOLATION ").append(violation));
    return text.append(notes.isEmpty() && violations.isEmpty() ? "\n" : "\n\n")
        .append(json())
        .append('\n')
        .toString();
  }

  private String json() {
    try {
      return new ObjectMapper().writeValueAsString(numbers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and words can always be written", e);
    }
  }

  /** Two digits are what any of this can be known to. */
  public static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
