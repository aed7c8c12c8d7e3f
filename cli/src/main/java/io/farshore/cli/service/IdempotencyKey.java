package io.farshore.cli.service;

import java.util.UUID;
import picocli.CommandLine.Option;

/** Names a command, so that a service does it once however often it is sent. */
public final class IdempotencyKey {
  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Makes it safe to repeat this command. Default: a new one.")
  String value = UUID.randomUUID().toString();

  public String value() {
    return value;
  }
}
