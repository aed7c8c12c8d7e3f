package io.farshore.cli.output;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes. */
public final class Output {
  private Output() {}

  /** For the answer. */
  public static PrintWriter of(@Nullable CommandSpec spec) {
    return require(spec).commandLine().getOut();
  }

  /** For everything else: progress, warnings. */
  public static PrintWriter errorsOf(@Nullable CommandSpec spec) {
    return require(spec).commandLine().getErr();
  }

  private static CommandSpec require(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("a command runs only on a command line");
    }
    return spec;
  }
}
