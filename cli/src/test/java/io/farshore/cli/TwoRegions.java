package io.farshore.cli;

import io.farshore.cli.output.Terminal;
import io.farshore.client.FarshoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two regions, tokens, and the context file that names them. */
final class TwoRegions implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of(
          "failover-service",
          "backup-service",
          "replication-service",
          "audit-service",
          "gateway-api");

  private final FakeRegion us = new FakeRegion();
  private final FakeRegion eu = new FakeRegion();
  private final Path context;

  TwoRegions(Path directory) throws IOException {
    Map<String, String> tokenFiles = new TreeMap<>();
    for (String role : List.of("viewer", "operator", "auditor")) {
      Path file = Files.writeString(directory.resolve(role), role + "-token\n");
      tokenFiles.put(role, file.toString());
    }
    context = directory.resolve("context.json");
    Map<String, Object> content =
        Map.of(
            "application",
            "ledger",
            "writtenBySomeoneElse",
            1,
            "tokenFiles",
            tokenFiles,
            "sites",
            new TreeMap<>(
                Map.of(
                    "us-east", site(us),
                    "witness", Map.of("endpoints", Map.of()),
                    "eu-west", site(eu))));
    Files.writeString(context, FarshoreJson.write(FarshoreJson.lenient(), content));
  }

  private static Map<String, Object> site(FakeRegion region) {
    return Map.of(
        "endpoints",
        SERVICES.stream().collect(Collectors.toMap(Function.identity(), service -> region.url())));
  }

  FakeRegion us() {
    return us;
  }

  /** The first to be asked. */
  FakeRegion eu() {
    return eu;
  }

  Path context() {
    return context;
  }

  /** As from a script: there is no terminal. */
  Run run(String... arguments) {
    return run(null, arguments);
  }

  Run run(@Nullable Terminal terminal, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--context";
    all[arguments.length + 1] = context.toString();
    return Run.on(terminal, all);
  }

  @Override
  public void close() {
    us.close();
    eu.close();
  }
}
