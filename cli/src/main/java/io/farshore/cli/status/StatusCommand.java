package io.farshore.cli.status;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.service.Services;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code farshorectl status}. */
@Command(
    name = "status",
    description = {
      "Who may write, how far behind the others are, what would be lost now, and what is under way.",
      "Exits with 3 while some application has no region that may write."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Override
  public Integer call() {
    try (Services services = new Services(options.load(), "viewer")) {
      StatusReport report = new StatusQuestions(services).ask();
      if (options.format() == Format.json) {
        Json.print(Output.of(spec), report);
      } else {
        StatusTables.print(Output.of(spec), report);
      }
      return report.writable() ? ExitCodes.OK : ExitCodes.NOT_READY;
    }
  }
}
