package io.farshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Options are promises to scripts. Written again with {@code -Dgolden.write=true}; look at the
 * difference before committing it.
 */
class HelpGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/help");

  static List<String> commands() {
    List<String> commands = new ArrayList<>();
    collect(new CommandLine(new Farshorectl()), "", commands);
    return commands;
  }

  private static void collect(CommandLine command, String path, List<String> commands) {
    commands.add(path.strip());
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      if (!sub.getKey().equals("generate-completion")) {
        collect(sub.getValue(), path + " " + sub.getKey(), commands);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsAsPromised(String command) throws IOException {
    List<String> arguments =
        new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ", -1)));
    arguments.add("--help");
    Run run = Run.of(arguments.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(ExitCodes.OK);
    Path golden =
        GOLDEN.resolve((command.isEmpty() ? "farshorectl" : command.replace(' ', '-')) + ".txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, run.out());
    }
    assertThat(golden).exists();
    assertThat(run.out()).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failover strat",
        "failover",
        "backup restore",
        "audit verify",
        "status --output xml",
        "status --no-such-option",
        "backup list --limit many",
      })
  void whatIsNotUnderstoodIsSaidAndHelpIsOffered(String line) {
    Run run = Run.of(line.split(" ", -1));
    assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).startsWith("farshorectl: ").contains("Try: farshorectl");
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  void theCompletionScriptKnowsTheCommands() {
    Run run = Run.of("generate-completion");
    assertThat(run.exit()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("failover").contains("--hold-before").contains("complete -F");
  }
}
