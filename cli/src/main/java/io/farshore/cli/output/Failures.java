package io.farshore.cli.output;

import io.farshore.client.ClientErrors;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Failures for people. */
public final class Failures {
  private static final Set<String> ADDRESS = Set.of("uri", "status");
  private static final Set<String> ON_THE_WAY =
      Stream.of(ClientErrors.UNREACHABLE, ClientErrors.TIMED_OUT, ClientErrors.UNREADABLE)
          .map(ErrorCode::value)
          .collect(Collectors.toUnmodifiableSet());

  private Failures() {}

  /** What happened, its code, and what was particular, in one line. */
  public static String line(FarshoreException failure) {
    boolean addressHelps = onTheWay(failure.code());
    String particulars =
        failure.context().entrySet().stream()
            .filter(entry -> addressHelps || !ADDRESS.contains(entry.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    String line =
        failure.getMessage()
            + " ("
            + failure.code()
            + ")"
            + (particulars.isEmpty() ? "" : " [" + particulars + "]");
    return line.replaceAll("\\s*\\R\\s*", " ");
  }

  /** Whether it failed before the service could say anything of its own. */
  private static boolean onTheWay(ErrorCode code) {
    return ON_THE_WAY.contains(code.value()) || code.value().startsWith("http-");
  }
}
