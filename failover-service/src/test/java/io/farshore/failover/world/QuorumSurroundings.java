package io.farshore.failover.world;

import io.farshore.testing.service.ServiceSurroundings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two members beside the service under test, so that its quorum has a majority. */
public class QuorumSurroundings extends ServiceSurroundings {
  private final List<TestRegion> members = new ArrayList<>();
  private @Nullable Vertx vertx;

  @Override
  public Map<String, String> start() {
    Map<String, String> properties = new HashMap<>(super.start());
    try {
      Path directory = Path.of(properties.getOrDefault("farshore.data-dir", ""));
      Map<String, Integer> ports = new HashMap<>();
      Map<String, Map<String, String>> addresses = new HashMap<>();
      for (String name : List.of("us-east", "eu-west", "witness")) {
        int port = freePort();
        ports.put(name, port);
        properties.put("farshore.quorum.members." + name, "127.0.0.1:" + port);
        addresses.put(name, Map.of("failover-service", "http://127.0.0.1:" + freePort()));
      }
      properties.put("farshore.quorum.group", "test");
      properties.put("farshore.quorum.listen", "127.0.0.1:" + ports.get("us-east"));
      Path secret = directory.resolve("secret");
      Files.write(secret, new byte[32]);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      properties.put("farshore.quorum.secret-file", secret.toString());
      Vertx shared = Vertx.vertx();
      vertx = shared;
      for (String name : List.of("eu-west", "witness")) {
        TestRegion member =
            new TestRegion(name, directory.resolve(name), ports, addresses, null, shared);
        member.start();
        members.add(member);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void stop() {
    members.forEach(TestRegion::close);
    Vertx shared = vertx;
    if (shared != null) {
      shared.close().toCompletionStage().toCompletableFuture().join();
    }
    super.stop();
  }
}
