package io.farshore.cli.route;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.context.ContextOptions;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.cli.output.Table;
import io.farshore.cli.service.Services;
import io.farshore.contracts.gateway.RouteExplanation;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl routes explain METHOD PATH}. */
@Command(
    name = "explain",
    description = "Which region a request would go to, and why not to another.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ContextOptions options = new ContextOptions();

  @Parameters(index = "0", paramLabel = "METHOD", description = "For example POST.")
  String method = "GET";

  @Parameters(index = "1", paramLabel = "PATH", description = "For example /transfers.")
  String path = "/";

  @Override
  public Integer call() {
    PrintWriter out = Output.of(spec);
    try (Services services = new Services(options.load(), "viewer")) {
      String query = "?method=" + encode(method.toUpperCase(Locale.ROOT)) + "&path=" + encode(path);
      var answered =
          services.first("gateway-api", "/v1/routes:explain" + query, RouteExplanation.class);
      RouteExplanation explanation = answered.value().orElseThrow();
      if (options.format() == Format.json) {
        Json.print(out, explanation);
      } else {
        print(out, answered.site(), explanation);
      }
      return explanation.outcome().equals("routed") ? ExitCodes.OK : ExitCodes.NOT_READY;
    }
  }

  private static void print(PrintWriter out, String site, RouteExplanation explanation) {
    out.printf(
        "%s %s by way of %s: %s%s%n",
        explanation.method(),
        explanation.path(),
        site,
        explanation.outcome(),
        explanation.region() == null ? "" : " to " + explanation.region());
    out.printf(
        "  %s (rule %s; %s; table revision %d, epoch %d)%n%n",
        explanation.reason(),
        explanation.rule(),
        explanation.write() ? "write" : "read",
        explanation.tableRevision(),
        explanation.epoch());
    Table table = new Table("REGION", "CHOSEN", "HEALTH", "LATENCY", "REASON");
    for (RouteExplanation.Candidate candidate : explanation.candidates()) {
      Double latency = candidate.latencyMillis();
      table.row(
          candidate.region(),
          candidate.chosen() ? "yes" : "no",
          candidate.state(),
          latency == null ? null : String.format(Locale.ROOT, "%.1f ms", latency),
          candidate.reason());
    }
    table.print(out);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
