package io.farshore.bench.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A proxy that runs.
 *
 * @param name in tables
 * @param port where it listens on loopback
 * @param process its first process; workers are its children
 */
record ProxyUnderTest(String name, int port, ProcessHandle process) {
  /** What Linux counts processor time in, on every platform we know. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
  private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKETS =
      Pattern.compile("connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  /** Keeps {@code connections} busy for {@code seconds}. */
  Load load(int connections, int seconds) throws IOException, InterruptedException {
    double before = cpuSeconds();
    Process wrk =
        new ProcessBuilder(
                Tools.require("wrk"),
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IOException("wrk failed: " + output);
    }
    double spent = cpuSeconds() - before;
    double requests = number(REQUESTS, output);
    return new Load(
        spent * 1e6 / requests, number(RATE, output), p99Millis(output), failures(output));
  }

  private double cpuSeconds() throws IOException {
    double ticks = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(each.pid()), "stat"));
      // After the name in parentheses: fields 14 and 15, user and system time.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double number(Pattern pattern, String output) throws IOException {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IOException("wrk did not say what was expected: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static double p99Millis(String output) throws IOException {
    Matcher matcher = P99.matcher(output);
    if (!matcher.find()) {
      throw new IOException("wrk did not say what was expected: " + output);
    }
    double value = Double.parseDouble(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> value / 1000;
      case "ms" -> value;
      default -> value * 1000;
    };
  }

  private static long failures(String output) {
    long failures = 0;
    for (Pattern pattern : List.of(STATUS, SOCKETS)) {
      Matcher matcher = pattern.matcher(output);
      if (matcher.find()) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
          failures += Long.parseLong(matcher.group(i));
        }
      }
    }
    return failures;
  }
}
