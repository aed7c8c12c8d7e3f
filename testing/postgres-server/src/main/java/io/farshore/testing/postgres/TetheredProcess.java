package io.farshore.testing.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that cannot outlive this JVM. However the JVM ends, be it by {@code kill -9}, the
 * process and all its descendants are killed.
 *
 * <p>How: the command is started through a shell that first leaves a watcher behind and then
 * becomes the command ({@code exec}, so the process id stays). The watcher reads from a pipe whose
 * only writer is this JVM and never writes; the kernel ends the pipe when the JVM ends, and the
 * watcher kills what is left of the command. {@code PR_SET_PDEATHSIG} would not do: it follows the
 * starting thread, not the JVM.
 *
 * <p>The command leads a session of its own, so that Ctrl-C in a terminal does not reach it before
 * its owner can stop it in order. Its input is empty, its output goes to the log file.
 */
public final class TetheredProcess {
  // The start time (field 22 of stat) guards against a process id that was used again.
  private static final String SCRIPT =
      """
      exec 3<&0
      born() { s=$(cat "/proc/$1/stat" 2>/dev/null) || return; s=${s##*) }; set -- $s; echo "${20}"; }
      reap() {
        kill -STOP "$1" 2>/dev/null
        for c in $(cat /proc/"$1"/task/*/children 2>/dev/null); do reap "$c"; done
        kill -KILL "$1" 2>/dev/null
      }
      self=$$
      birth=$(born "$self")
      ( ( trap '' HUP INT TERM
          exec >/dev/null 2>&1
          read -r never <&3
          [ "$(born "$self")" = "$birth" ] && reap "$self"
        ) & )
      exec 3<&- </dev/null
      exec setsid "$@"
      """;

  private final Process process;

  private TetheredProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a command.
   *
   * @param command program and arguments
   * @param directory working directory, must exist
   * @param environment added to this process's own
   * @param log output and error output are appended to it
   * @throws IOException if no shell can be started; a program that does not exist shows as exit
   *     code 127 and a line in the log
   */
  public static TetheredProcess start(
      List<String> command, Path directory, Map<String, String> environment, Path log)
      throws IOException {
    List<String> tethered = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    tethered.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(tethered)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new TetheredProcess(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Sends a signal, named without {@code SIG}, to the process alone. */
  public void signal(String name) {
    if (isRunning()) {
      Signals.send(name, List.of(pid()));
    }
  }

  /** Asks to end (SIGTERM), waits, and kills what is left after {@code patience}. */
  public void stop(Duration patience) throws InterruptedException {
    signal("TERM");
    if (!awaitExit(patience)) {
      kill();
    }
  }

  /** SIGKILL for the process and all its descendants; returns when the process is gone. */
  public void kill() throws InterruptedException {
    if (isRunning()) {
      ProcessTree.kill(pid());
      process.waitFor();
    }
  }

  /** SIGSTOP for the process and all its descendants. */
  public void pause() {
    ProcessTree.pause(pid());
  }

  /** Ends a {@link #pause()}. */
  public void resume() {
    ProcessTree.resume(pid());
  }

  /** Whether the process ended within {@code patience}. */
  public boolean awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * The exit code.
   *
   * @throws IllegalThreadStateException while it runs
   */
  public int exitCode() {
    return process.exitValue();
  }
}
