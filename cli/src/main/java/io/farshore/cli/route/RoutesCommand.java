package io.farshore.cli.route;

import picocli.CommandLine.Command;

/** Groups what there is to ask about routing. */
@Command(
    name = "routes",
    description = "Where requests go, and why.",
    mixinStandardHelpOptions = true,
    subcommands = ExplainCommand.class)
public final class RoutesCommand {}
