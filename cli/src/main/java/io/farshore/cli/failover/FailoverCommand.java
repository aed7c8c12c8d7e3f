package io.farshore.cli.failover;

import picocli.CommandLine.Command;

/** Groups what there is to do about moving an application. */
@Command(
    name = "failover",
    description = "Moves an application to another region.",
    mixinStandardHelpOptions = true,
    subcommands = {StartCommand.class, WatchCommand.class, AcknowledgeCommand.class})
public final class FailoverCommand {}
