package io.farshore.cli.context;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context file: where the services answer, as seen from here, and who asks. Fields of other
 * programs beside these are ignored.
 *
 * @param application what commands are about unless they name another
 * @param tokenFile a file with one bearer token for everything
 * @param tokenFiles by role, a file with a token that has it; used where {@code tokenFile} is not
 *     set
 * @param sites by region, or quorum witness
 */
@RegisterForReflection
public record Context(
    @Nullable String application,
    @Nullable String tokenFile,
    Map<String, String> tokenFiles,
    Map<String, Site> sites) {

  /**
   * @param endpoints URLs by service: {@code failover-service}, {@code backup-service}, {@code
   *     replication-service}, {@code audit-service}, {@code gateway-api}
   */
  @RegisterForReflection
  public record Site(Map<String, String> endpoints) {}
}
