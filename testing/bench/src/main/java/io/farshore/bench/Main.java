package io.farshore.bench;

import io.farshore.bench.footprint.FootprintBenchmark;
import io.farshore.bench.gateway.GatewayBenchmark;
import io.farshore.bench.rto.RecoveryTimeBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ./farshore bench NAME [--quick]}; without a name, says what there is. */
public final class Main {
  private static final int VIOLATED = 1;
  private static final int USAGE = 2;

  /** A new benchmark is a class and a line here. */
  private static final List<Benchmark> ALL =
      List.of(new RecoveryTimeBenchmark(), new GatewayBenchmark(), new FootprintBenchmark());

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean quick = words.remove("--quick");
    System.exit(run(words, quick));
  }

  private static int run(List<String> words, boolean quick) throws Exception {
    if (words.isEmpty()) {
      ALL.forEach(each -> System.out.printf("  %-12s %s%n", each.name(), each.description()));
      return 0;
    }
    Optional<Benchmark> found =
        ALL.stream().filter(each -> each.name().equals(words.getFirst())).findFirst();
    if (found.isEmpty() || words.size() > 1) {
      System.err.println("farshore: bench takes one NAME and --quick; without NAME it lists them");
      return USAGE;
    }
    Report report = found.get().run(quick, System.out::println);
    System.out.print(report.text());
    return report.violations().isEmpty() ? 0 : VIOLATED;
  }
}
