package io.farshore.cli.failover;

import io.farshore.cli.output.Terminal;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Has a person agree before production moves. */
final class Confirmation {
  private static final Set<String> YES = Set.of("y", "yes");

  private final @Nullable Terminal terminal;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask first. Needed where there is no terminal to ask on.")
  boolean yes;

  Confirmation(@Nullable Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Whether to go on.
   *
   * @param consequence what would happen, in one line; only asked for if a person is
   */
  boolean given(Supplier<String> consequence) {
    if (yes) {
      return true;
    }
    String answer =
        requireTerminal().ask(consequence.get() + System.lineSeparator() + "Move it? [y/N] ");
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  private Terminal requireTerminal() {
    if (terminal == null) {
      throw new IllegalArgumentException(
          "there is no terminal to ask on: add --yes to move the application without a question");
    }
    return terminal;
  }
}
