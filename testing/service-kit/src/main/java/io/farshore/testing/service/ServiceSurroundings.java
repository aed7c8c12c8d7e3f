package io.farshore.testing.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a service finds around it when it starts: a region, a data directory, a key to check tokens
 * with. Use with {@code @WithTestResource(ServiceSurroundings.class)}; tests sign tokens with
 * {@link #tokens()}.
 */
public class ServiceSurroundings implements QuarkusTestResourceLifecycleManager {
  private static @Nullable Tokens shared;

  private @Nullable Path directory;

  /** The signer the service under test trusts; the same during the whole test run. */
  public static synchronized Tokens tokens() {
    if (shared == null) {
      shared = Tokens.withNewKey();
    }
    return shared;
  }

  /** The header's value for {@code subject} with {@code roles}. */
  public static String bearer(String subject, String... roles) {
    return "Bearer " + tokens().token(subject, roles);
  }

  @Override
  public Map<String, String> start() {
    try {
      Path created = Files.createTempDirectory("farshore-service");
      directory = created;
      Map<String, String> properties = new HashMap<>();
      properties.put("farshore.region", "us-east");
      properties.put("farshore.data-dir", created.toString());
      properties.put("mp.jwt.verify.publickey", tokens().publicKey());
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
