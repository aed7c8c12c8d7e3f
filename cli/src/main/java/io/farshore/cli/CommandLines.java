package io.farshore.cli;

import io.farshore.cli.output.Failures;
import io.farshore.kernel.FarshoreException;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Makes the command line say every failure in one line, with the exit code that fits. */
@Dependent
public class CommandLines {
  @Produces
  @ApplicationScoped
  CommandLine commandLine(PicocliCommandLineFactory factory) {
    return configure(factory.create());
  }

  /** Sets how failures are told. */
  public static CommandLine configure(CommandLine commandLine) {
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setExecutionExceptionHandler(CommandLines::failed)
        .setParameterExceptionHandler(CommandLines::misunderstood);
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof FarshoreException refused) {
      command.getErr().println("farshorectl: " + Failures.line(refused));
      return ExitCodes.of(refused);
    }
    if (failure instanceof IllegalArgumentException) {
      command.getErr().println("farshorectl: " + failure.getMessage());
      return ExitCodes.USAGE;
    }
    command.getErr().println("farshorectl: this is a defect of farshorectl: " + failure);
    return ExitCodes.ERROR;
  }

  private static int misunderstood(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("farshorectl: " + failure.getMessage());
    command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }
}
