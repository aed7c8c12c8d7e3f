package io.farshore.cli;

import io.farshore.cli.audit.AuditCommand;
import io.farshore.cli.backup.BackupCommand;
import io.farshore.cli.failover.FailoverCommand;
import io.farshore.cli.route.RoutesCommand;
import io.farshore.cli.status.EvidenceCommand;
import io.farshore.cli.status.StatusCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The command line's root. */
@TopCommand
@Command(
    name = "farshorectl",
    description = "Operates and checks Farshore.",
    mixinStandardHelpOptions = true,
    version = "farshorectl 0.1.0",
    subcommands = {
      StatusCommand.class,
      EvidenceCommand.class,
      RoutesCommand.class,
      FailoverCommand.class,
      BackupCommand.class,
      AuditCommand.class,
      AutoComplete.GenerateCompletion.class,
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:understood, but it did not succeed",
      "2:not understood",
      "3:something needed does not answer, or is not there yet",
      "4:done, but beyond the objective",
      "5:verification failed"
    })
public final class Farshorectl {}
