package io.farshore.failover.world;

import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.member.Narrator;
import io.farshore.kernel.ApplicationId;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints what a member tells, for whoever reads a failed test's output. */
final class PrintingNarrator implements Narrator {
  private final String member;

  PrintingNarrator(String member) {
    this.member = member;
  }

  @Override
  public void info(String message, Map<String, String> keys) {
    print(message, keys);
  }

  @Override
  public void warn(String message, Map<String, String> keys, @Nullable Throwable cause) {
    print(message, keys);
    if (cause != null) {
      print("  because " + Narrator.reason(cause), Map.of());
    }
  }

  @Override
  public void step(String message, ExecutionRecord execution, Map<String, String> keys) {
    print(message + " (" + execution.state() + ")", keys);
  }

  @Override
  public void renewed(ApplicationId application, Duration took) {}

  @Override
  public void over(ExecutionRecord execution) {
    print("Over: " + execution.state(), Map.of());
  }

  private void print(String message, Map<String, String> keys) {
    System.out.println(
        LocalTime.now(ZoneOffset.UTC) + " " + member + ": " + message + " " + new TreeMap<>(keys));
  }
}
