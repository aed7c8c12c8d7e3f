package io.farshore.cli.backup;

import picocli.CommandLine.Command;

/** Groups what there is to do about backups. */
@Command(
    name = "backup",
    description = "Makes, lists and restores backups.",
    mixinStandardHelpOptions = true,
    subcommands = {RunCommand.class, ListCommand.class, RestoreCommand.class})
public final class BackupCommand {}
