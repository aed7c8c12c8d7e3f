package io.farshore.bench.rto;

import io.farshore.bench.Benchmark;
import io.farshore.bench.Report;
import io.farshore.bench.Series;
import io.farshore.contracts.failover.Execution.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Kills a region again and again, each time in a new world, and measures what users feel. */
public final class RecoveryTimeBenchmark implements Benchmark {
  private static final int RUNS = 20;
  private static final int RUNS_QUICK = 5;

  @Override
  public String name() {
    return "rto";
  }

  @Override
  public String description() {
    return "region killed under load, 80 ms apart: time to the first acknowledged write, and losses";
  }

  @Override
  public Report run(boolean quick, Consumer<String> progress) {
    List<RecoveryTimeRun> runs = new ArrayList<>();
    List<String> violations = new ArrayList<>();
    int wanted = quick ? RUNS_QUICK : RUNS;
    for (int turn = 1; turn <= wanted; turn++) {
      RecoveryTimeRun run = RecoveryTimeRun.run();
      runs.add(run);
      String prefix = "run " + turn + ": ";
      run.settlement().violations().forEach(each -> violations.add(prefix + each));
      understatements(run).forEach(each -> violations.add(prefix + each));
      progress.accept(
          "run %d of %d: %.2f s, %d lost of %d acknowledged"
              .formatted(
                  turn,
                  wanted,
                  seconds(run.recoveryTime()),
                  run.settlement().lost(),
                  run.settlement().acknowledged()));
    }
    return report(runs, violations);
  }

  private static Report report(List<RecoveryTimeRun> runs, List<String> violations) {
    Series recovery = series("kill to first write", runs, run -> seconds(run.recoveryTime()));
    List<Series> table = new ArrayList<>(List.of(recovery));
    table.addAll(phases(runs));
    Series lost =
        new Series("lost writes", "", each(runs, run -> (double) run.settlement().lost()));
    table.add(lost);
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("rto_median_s", Report.rounded(recovery.median()));
    numbers.put("rto_max_s", Report.rounded(recovery.max()));
    numbers.put("rto_runs", runs.size());
    for (Series phase : phases(runs)) {
      numbers.put("rto_" + phase.name() + "_median_s", Report.rounded(phase.median()));
    }
    numbers.put("lost_writes_median", lost.median());
    numbers.put("lost_writes_max", lost.max());
    numbers.put(
        "loss_covered_runs", runs.stream().filter(run -> understatements(run).isEmpty()).count());
    numbers.put(
        "two_writer_runs",
        runs.stream().filter(r -> r.settlement().secondWriterAcknowledgements() > 0).count());
    return new Report(
        table,
        List.of(
            "The phases are Farshore's own record; the first row is what clients measured.",
            "Every run has a world of its own: 170 transfers/s of 5 KB, 80 ms between sites."),
        numbers,
        violations);
  }

  private static List<String> understatements(RecoveryTimeRun run) {
    return run.reported().understatements(run.settlement());
  }

  private static List<Series> phases(List<RecoveryTimeRun> runs) {
    Map<String, Function<Measured, Duration>> phases = new LinkedHashMap<>();
    phases.put("detection", Measured::detection);
    phases.put("fence", Measured::fence);
    phases.put("promotion", Measured::promotion);
    phases.put("shift", Measured::shift);
    List<Measured> measured =
        runs.stream()
            .map(run -> run.reported().execution().measured())
            .filter(Objects::nonNull)
            .toList();
    List<Series> found = new ArrayList<>();
    if (!measured.isEmpty()) {
      phases.forEach(
          (name, phase) ->
              found.add(
                  new Series(
                      name, "s", measured.stream().map(m -> seconds(phase.apply(m))).toList())));
    }
    return found;
  }

  private static Series series(
      String name, List<RecoveryTimeRun> runs, Function<RecoveryTimeRun, Double> value) {
    return new Series(name, "s", each(runs, value));
  }

  private static List<Double> each(
      List<RecoveryTimeRun> runs, Function<RecoveryTimeRun, Double> value) {
    return runs.stream().map(value).toList();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
