package io.farshore.bench;

import java.util.function.Consumer;

/** One thing that can be measured again by anyone. */
public interface Benchmark {
  /** What it is called on the command line. */
  String name();

  /** One line for the list of benchmarks. */
  String description();

  /**
   * Measures.
   *
   * @param quick stay under ten minutes
   * @param progress is told what is going on
   */
  Report run(boolean quick, Consumer<String> progress) throws Exception;
}
