package io.farshore.cli.audit;

import io.farshore.cli.ExitCodes;
import io.farshore.cli.output.Format;
import io.farshore.cli.output.Json;
import io.farshore.cli.output.Output;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.verify.Finding;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code farshorectl audit verify}. */
@Command(
    name = "verify",
    description = {
      "Verifies a whole log from its files and its public key alone; asks no service.",
      "Exits with 5 if anything in it is not what was signed."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  /** Longer than any key or checkpoint. */
  private static final long FILE_BYTES_MAX = 64 * 1024;

  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "With the log's checkpoint and tiles.")
  Path directory = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "The log's public key (name+01234567+base64), or a file with it.")
  String key = "";

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "A checkpoint kept from earlier; the log must begin with what was signed then.")
  @Nullable Path since;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  Format format = Format.table;

  @Override
  public Integer call() {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("there is no directory " + directory);
    }
    VerifierKey trusted = VerifierKey.parse(keyText());
    VerificationReport report =
        since == null
            ? LogVerification.verify(directory, trusted)
            : LogVerification.verify(directory, trusted, read(since));
    if (format == Format.json) {
      Json.print(Output.of(spec), json(report));
    } else {
      print(Output.of(spec), report);
    }
    return report.intact() ? ExitCodes.OK : ExitCodes.VERIFICATION_FAILED;
  }

  private String keyText() {
    Path file = Path.of(key);
    return key.contains("+") && !Files.exists(file)
        ? key
        : new String(read(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IllegalArgumentException(file + " is too long to be a key or a checkpoint");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  private static void print(PrintWriter out, VerificationReport report) {
    Optional<LogCheckpoint> checkpoint = report.checkpoint();
    checkpoint.ifPresent(
        signed -> {
          out.println("log      " + signed.origin());
          out.println("entries  " + signed.size() + ", checked " + report.entriesChecked());
          out.println("root     " + signed.root());
        });
    report
        .earlier()
        .ifPresent(
            earlier ->
                out.println("since    an earlier checkpoint of " + earlier.size() + " entries"));
    for (Finding finding : report.findings()) {
      out.println("WRONG    " + finding);
    }
    if (report.findingsTotal() > report.findings().size()) {
      out.println("         and " + (report.findingsTotal() - report.findings().size()) + " more");
    }
    out.println(
        report.intact() ? "verified: the log is exactly what its key signed" : "NOT verified");
  }

  private static Map<String, Object> json(VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("intact", report.intact());
    report
        .checkpoint()
        .ifPresent(
            checkpoint -> {
              json.put("origin", checkpoint.origin());
              json.put("size", checkpoint.size());
              json.put("root", checkpoint.root().toString());
            });
    json.put("entriesChecked", report.entriesChecked());
    report.earlier().ifPresent(earlier -> json.put("earlierSize", earlier.size()));
    json.put("findings", report.findings().stream().map(Finding::toString).toList());
    json.put("findingsTotal", report.findingsTotal());
    return json;
  }
}
