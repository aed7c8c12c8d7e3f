package io.farshore.cli.backup;

import io.farshore.cli.output.Progress;
import io.farshore.cli.service.IdempotencyKey;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What has been begun in a service can be followed, now or later. */
public final class FollowOptions {
  private static final String RUNNING = "running";

  @Mixin IdempotencyKey key = new IdempotencyKey();

  @Option(names = "--wait", description = "Show progress until it is over.")
  boolean wait;

  String key() {
    return key.value();
  }

  /**
   * With {@code --wait}, asks until it is over; without, answers what was begun.
   *
   * @param state of the operation, in the API's words
   * @param progress for people
   * @param again the operation as it is now
   */
  <T> T follow(
      T begun,
      Function<T, String> state,
      Function<T, String> progress,
      Supplier<T> again,
      PrintWriter err) {
    if (!wait) {
      return begun;
    }
    Progress shown = new Progress(err);
    T operation = begun;
    while (state.apply(operation).equals(RUNNING)) {
      Progress.pause();
      operation = again.get();
      shown.show(progress.apply(operation));
    }
    shown.end();
    return operation;
  }

  /**
   * Says how to follow what still runs. Keys are known where the command went, so the region has to
   * be named: by then another one may be the right one for a new command.
   */
  void hint(String state, String site, PrintWriter out) {
    if (state.equals(RUNNING)) {
      out.printf(
          "to follow it: the same command with --region %s --idempotency-key %s --wait%n",
          site, key());
    }
  }
}
