package io.farshore.cli;

import io.farshore.cli.failover.StartCommand;
import io.farshore.cli.output.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of the command line within this process. */
record Run(int exit, String out, String err) {
  /** As from a script: there is no terminal. */
  static Run of(String... arguments) {
    return on(null, arguments);
  }

  static Run on(@Nullable Terminal terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        CommandLines.configure(new CommandLine(new Farshorectl(), commandsAt(terminal)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  private static CommandLine.IFactory commandsAt(@Nullable Terminal terminal) {
    CommandLine.IFactory others = CommandLine.defaultFactory();
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == StartCommand.class
            ? type.cast(new StartCommand(terminal))
            : others.create(type);
      }
    };
  }
}
