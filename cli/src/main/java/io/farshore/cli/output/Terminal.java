package io.farshore.cli.output;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person who can be asked. */
@FunctionalInterface
public interface Terminal {
  /** Waits for a line in answer to {@code question}; null at the end of the input. */
  @Nullable String ask(String question);

  /** The one this process was started on; none in scripts and pipes. */
  static Optional<Terminal> ofProcess() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> question -> console.readLine("%s", question));
  }
}
