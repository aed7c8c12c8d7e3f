package io.farshore.bench.gateway;

import io.farshore.bench.Benchmark;
import io.farshore.bench.Report;
import io.farshore.bench.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Processor time for each proxied request. All proxies stand before one nginx that answers about a
 * hundred bytes; wrk keeps 64 connections busy; the proxies take turns, so that whatever else the
 * machine does meets all of them.
 */
public final class GatewayBenchmark implements Benchmark {
  private static final int ROUNDS = 15;
  private static final int ROUNDS_QUICK = 5;
  private static final int SECONDS = 8;
  private static final int SECONDS_QUICK = 4;

  /** Long enough for the gateway's code to be compiled; the peers need no warming. */
  private static final int WARM_UP_SECONDS = 20;

  private static final int CONNECTIONS = 64;

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String description() {
    return "processor time for each request, beside HAProxy and nginx (64 connections, small GET)";
  }

  @Override
  public Report run(boolean quick, Consumer<String> progress) throws Exception {
    List<String> missing =
        Stream.of("wrk", "nginx", "haproxy").filter(tool -> Tools.find(tool).isEmpty()).toList();
    if (missing.contains("wrk") || missing.contains("nginx")) {
      return new Report(
          List.of(),
          List.of(
              "Not measured: wrk sends the requests and nginx answers them, and one is missing."
                  + " apt-get install -y wrk nginx haproxy"),
          Map.of("gateway_measured", false),
          List.of());
    }
    Path directory = Files.createTempDirectory("farshore-bench-gateway");
    try (ProxyStage stage = new ProxyStage(directory)) {
      stage.start(missing.isEmpty(), progress);
      progress.accept("warming the gateway up");
      stage.gateway().load(CONNECTIONS, WARM_UP_SECONDS);
      return measure(stage, quick, missing, progress);
    }
  }

  private static Report measure(
      ProxyStage stage, boolean quick, List<String> missing, Consumer<String> progress)
      throws Exception {
    Map<String, List<Load>> loads = new LinkedHashMap<>();
    int rounds = quick ? ROUNDS_QUICK : ROUNDS;
    for (int round = 1; round <= rounds; round++) {
      for (ProxyUnderTest proxy : stage.proxies()) {
        Load load = proxy.load(CONNECTIONS, quick ? SECONDS_QUICK : SECONDS);
        loads.computeIfAbsent(proxy.name(), _ -> new ArrayList<>()).add(load);
      }
      progress.accept("round " + round + " of " + rounds);
    }
    List<Series> table = new ArrayList<>();
    Map<String, Object> numbers = new LinkedHashMap<>();
    List<String> violations = new ArrayList<>();
    loads.forEach(
        (name, taken) -> {
          Series cpu = series(name + " processor time", "us", taken, Load::cpuMicros);
          table.add(cpu);
          table.add(series(name + " throughput", "req/s", taken, Load::requestsPerSecond));
          table.add(series(name + " 99 % within", "ms", taken, Load::p99Millis));
          numbers.put(name + "_cpu_us", Report.rounded(cpu.median()));
          if (taken.stream().anyMatch(load -> load.failures() > 0)) {
            violations.add(name + " answered some requests wrongly or not at all");
          }
        });
    for (String peer : List.of("haproxy", "nginx")) {
      if (loads.containsKey(peer)) {
        numbers.put("gateway_cpu_vs_" + peer + "_c64", ratio(loads, peer));
      }
    }
    List<String> notes = new ArrayList<>();
    notes.add("Processor time is user and system time of the proxy's processes, for each request.");
    notes.add("Ratios are medians over rounds of the gateway's time by its peer's in the round.");
    notes.add(
        "The load, the upstream and the proxy share the machine: throughput is of all three.");
    missing.forEach(tool -> notes.add(tool + " is not installed and was left out."));
    return new Report(table, notes, numbers, violations);
  }

  private static Series series(
      String name, String unit, List<Load> loads, java.util.function.ToDoubleFunction<Load> part) {
    return new Series(name, unit, loads.stream().mapToDouble(part).boxed().toList());
  }

  private static double ratio(Map<String, List<Load>> loads, String peer) {
    List<Load> ours = loads.getOrDefault("gateway", List.of());
    List<Load> theirs = loads.getOrDefault(peer, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i).cpuMicros() / theirs.get(i).cpuMicros());
    }
    return Report.rounded(new Series("ratio", "", ratios).median());
  }
}
