package io.farshore.cli.audit;

import picocli.CommandLine.Command;

/** Groups what there is to do about the audit log. */
@Command(
    name = "audit",
    description = "Reads and verifies the audit log.",
    mixinStandardHelpOptions = true,
    subcommands = {VerifyCommand.class, EntriesCommand.class})
public final class AuditCommand {}
