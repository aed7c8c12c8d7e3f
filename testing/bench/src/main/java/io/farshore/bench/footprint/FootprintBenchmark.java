package io.farshore.bench.footprint;

import io.farshore.bench.Benchmark;
import io.farshore.bench.Report;
import io.farshore.bench.Series;
import io.farshore.testbed.Site;
import io.farshore.testbed.Testbed;
import io.farshore.testbed.World;
import io.farshore.testbed.client.Wait;
import io.farshore.testbed.layout.Installation;
import io.farshore.testbed.process.WorldProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lines, start time and memory of each service, with and without an AOT cache. */
public final class FootprintBenchmark implements Benchmark {
  private static final List<String> SERVICES =
      List.of(
          "gateway", "failover-service", "backup-service", "replication-service", "audit-service");

  private static final int RESTARTS = 5;
  private static final int RESTARTS_QUICK = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");

  @Override
  public String name() {
    return "footprint";
  }

  @Override
  public String description() {
    return "per service: lines of main code, start time and memory, with and without AOT cache";
  }

  @Override
  public Report run(boolean quick, Consumer<String> progress) throws IOException {
    int restarts = quick ? RESTARTS_QUICK : RESTARTS;
    List<Series> table = new ArrayList<>();
    Map<String, Object> numbers = new LinkedHashMap<>();
    Installation installation = Installation.find();
    for (String service : SERVICES) {
      long lines = SourceLines.of(installation.root().resolve(service));
      table.add(new Series(service + " main code", "lines", List.of((double) lines)));
      numbers.put(key(service) + "_lines", lines);
    }
    progress.accept("training the AOT caches");
    Testbed.regions("us-east", "eu-west").named("bench").training().start().close();
    for (boolean cached : List.of(false, true)) {
      progress.accept(cached ? "starting with AOT caches" : "starting without AOT caches");
      measure(cached, restarts, table, numbers);
    }
    return new Report(
        table,
        List.of(
            "Start is what the service itself reports; memory is resident, right after the start."),
        numbers,
        List.of());
  }

  private static void measure(
      boolean cached, int restarts, List<Series> table, Map<String, Object> numbers)
      throws IOException {
    String suffix = cached ? "aot" : "plain";
    Testbed testbed = Testbed.regions("us-east", "eu-west").named("bench");
    try (World world = cached ? testbed.start() : testbed.withoutAotCaches().start()) {
      Site region = world.home();
      for (String service : SERVICES) {
        List<Double> starts = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int turn = 0; turn < restarts; turn++) {
          WorldProcess process = region.process(service);
          process.stop();
          int before = reportedStarts(process.log()).size();
          process.start();
          process.awaitReady(PATIENCE);
          // A service is ready a moment before it says how long that took.
          Wait.until(
              service + " says how long its start took",
              PATIENCE,
              () -> reportedStarts(process.log()).size() > before);
          starts.add(reportedStarts(process.log()).getLast());
          memory.add(residentMegabytes(process.pid()));
        }
        Series start = new Series(service + " start, " + suffix, "s", starts);
        Series resident = new Series(service + " memory, " + suffix, "MB", memory);
        table.add(start);
        table.add(resident);
        numbers.put(key(service) + "_start_" + suffix + "_s", Report.rounded(start.median()));
        numbers.put(key(service) + "_memory_" + suffix + "_mb", Report.rounded(resident.median()));
      }
    }
  }

  private static List<Double> reportedStarts(Path log) {
    try {
      return STARTED
          .matcher(Files.readString(log))
          .results()
          .map(found -> Double.parseDouble(found.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the log of a service cannot be read", e);
    }
  }

  private static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static String key(String service) {
    return service.replace('-', '_');
  }
}
