package io.farshore.simulation.failover;

import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.member.Narrator;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.MemberId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints what members tell, in the world's time, when asked to. */
final class SimulationNarrator implements Narrator {
  private final MemberId member;
  private final FailoverWorld world;

  SimulationNarrator(MemberId member, FailoverWorld world) {
    this.member = member;
    this.world = world;
  }

  @Override
  public void info(String message, Map<String, String> keys) {
    print(message, keys);
  }

  @Override
  public void warn(String message, Map<String, String> keys, @Nullable Throwable cause) {
    print(message + (cause == null ? "" : ": " + Narrator.reason(cause)), keys);
  }

  @Override
  public void step(String message, ExecutionRecord execution, Map<String, String> keys) {
    print(message + " " + execution.request().to() + " " + execution.state(), keys);
  }

  @Override
  public void renewed(ApplicationId application, Duration took) {}

  @Override
  public void over(ExecutionRecord execution) {}

  private void print(String message, Map<String, String> keys) {
    if (world.verbose()) {
      System.out.println(
          world.world().time().nanos() / 1_000_000
              + " ms "
              + member
              + ": "
              + message
              + " "
              + new TreeMap<>(keys));
    }
  }
}
