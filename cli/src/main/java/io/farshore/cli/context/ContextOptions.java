package io.farshore.cli.context;

import io.farshore.cli.output.Format;
import io.farshore.client.FarshoreJson;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that asks a service. */
public final class ContextOptions {
  /** Environment variable with the context file's path. */
  public static final String VARIABLE = "FARSHORE_CONTEXT";

  @Option(
      names = "--context",
      paramLabel = "FILE",
      description =
          "Where services and tokens are. Default: $FARSHORE_CONTEXT, then"
              + " ~/.config/farshore/context.json.")
  @Nullable Path file;

  @Option(
      names = {"-r", "--region"},
      paramLabel = "REGION",
      description = "Ask the services of this region only.")
  @Nullable String region;

  @Option(
      names = "--server",
      paramLabel = "SERVICE=URL",
      description = "Ask this URL for a service, whatever the context says.")
  Map<String, String> servers = new LinkedHashMap<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the bearer token, whatever the context says.")
  @Nullable Path tokenFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  Format format = Format.table;

  /** How to write answers. */
  public Format format() {
    return format;
  }

  /**
   * The context these options give.
   *
   * @throws FarshoreException one of {@link ContextErrors}
   */
  public Context load() {
    Context context = servers.isEmpty() || file != null ? read(path()) : withoutFile();
    Map<String, Context.Site> sites = new LinkedHashMap<>(context.sites());
    if (!servers.isEmpty()) {
      sites.clear();
      sites.put(region == null ? "server" : region, new Context.Site(servers));
    } else if (region != null) {
      Context.Site site = sites.get(region);
      if (site == null) {
        throw new FarshoreException(
            ContextErrors.ENDPOINT_MISSING,
            "The context knows no such region",
            Map.of("region", region, "known", String.join(" ", sites.keySet())));
      }
      sites = Map.of(region, site);
    }
    return new Context(
        context.application(),
        tokenFile == null ? context.tokenFile() : tokenFile.toString(),
        context.tokenFiles(),
        sites);
  }

  private Context withoutFile() {
    Path path = path();
    return Files.exists(path) ? read(path) : new Context(null, null, Map.of(), Map.of());
  }

  private Path path() {
    if (file != null) {
      return file;
    }
    String variable = System.getenv(VARIABLE);
    return variable != null && !variable.isBlank()
        ? Path.of(variable)
        : Path.of(System.getProperty("user.home"), ".config", "farshore", "context.json");
  }

  private static Context read(Path path) {
    if (!Files.exists(path)) {
      throw new FarshoreException(
          ContextErrors.CONTEXT_MISSING,
          "There is no context file: start a world (./farshore up), name one with --context, or"
              + " name services with --server SERVICE=URL",
          Map.of("file", path.toString()));
    }
    try {
      return FarshoreJson.lenient().readValue(path.toFile(), Context.class);
    } catch (IOException e) {
      throw new FarshoreException(
          ContextErrors.CONTEXT_UNREADABLE,
          "The context file cannot be read",
          Map.of(
              "file",
              path.toString(),
              "error",
              String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }
}
